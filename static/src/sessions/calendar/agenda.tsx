import { CalendarPlus } from "lucide";

import type { SessionView } from "../../contract/types";
import { Button } from "../../design/button";
import { Empty } from "../../design/notice";
import { words } from "../../words";
import { formatLongDay } from "../../words/days";
import type { Day } from "./days";
import { Entry } from "./entry";
import { today } from "./shown_zone";

interface AgendaProps {
  days: readonly Day[];
  found: ReadonlyMap<Day, SessionView[]>;
  onCreate: (day: Day) => void;
}

/** The days on which something is planned, one under the other: a calendar for a narrow screen. */
export function Agenda({ days, found, onCreate }: AgendaProps) {
  const full = days.filter((day) => found.has(day));
  const now = today();
  if (full.length === 0) {
    return (
      <Empty icon={CalendarPlus} title={words.calendar.emptyTitle} hint={words.calendar.emptyHint}>
        <Button onClick={() => onCreate(days.includes(now) ? now : (days[0] ?? now))}>{words.shell.newSession}</Button>
      </Empty>
    );
  }
  return (
    <ol class="agenda">
      {full.map((day) => (
        <li key={day} class="agenda-day">
          <h3 class={day === now ? "agenda-today" : ""}>{formatLongDay(day)}</h3>
          <ul>
            {found.get(day)?.map((session) => (
              <li key={session.id}>
                <Entry session={session} look="full" />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
