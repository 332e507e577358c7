// What of one's sessions is worth seeing first: what runs, what comes next, what one was at lately.

import type { SessionView } from "../contract/types";

export type Part = "live" | "today" | "next" | "recent";

export interface AgendaPart {
  part: Part;
  sessions: readonly SessionView[];
}

const MOST: Record<Part, number> = { live: 4, today: 6, next: 3, recent: 5 };

interface Lists {
  /** Running. */
  live: readonly SessionView[];
  /** Planned, the soonest first. */
  planned: readonly SessionView[];
  /** Any, the one touched last first. */
  recent: readonly SessionView[];
}

/** Each session once; a part without sessions is left out. */
export function agendaOf({ live, planned, recent }: Lists, isToday: (instant: string) => boolean): AgendaPart[] {
  const seen = new Set<string>();
  const take = (part: Part, sessions: readonly SessionView[]): AgendaPart => {
    const fresh = sessions.filter(({ id }) => !seen.has(id)).slice(0, MOST[part]);
    for (const { id } of fresh) seen.add(id);
    return { part, sessions: fresh };
  };
  const startsToday = ({ start_time }: SessionView): boolean => start_time !== null && isToday(start_time);
  const parts = [
    take("live", live),
    take("today", planned.filter(startsToday)),
    take(
      "next",
      planned.filter((session) => !startsToday(session)),
    ),
    take("recent", recent),
  ];
  return parts.filter(({ sessions }) => sessions.length > 0);
}
