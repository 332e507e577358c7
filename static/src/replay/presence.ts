// Who was in the room when. Pure.

import type { Frame } from "../contract/events";
import type { ParticipantView, Uuid } from "../contract/types";
import type { Span } from "./track";

export interface Presence {
  person: ParticipantView;
  /** One for each time they were in; the last one is open while they are. */
  stays: readonly Stay[];
}

export interface Stay extends Span {
  isOpen: boolean;
}

const GONE: ReadonlySet<Frame["type"]> = new Set(["participant:left", "participant:kicked", "participant:banned"]);

/** Everybody who has been in, in the order in which they came first; `untilMs` is when open stays are cut. */
export function presencesOf(frames: readonly Frame[], times: readonly number[], untilMs: number): Presence[] {
  const found = new Map<Uuid, { person: ParticipantView; stays: Stay[] }>();
  const leave = (id: Uuid, at: number): void => {
    const last = found.get(id)?.stays.at(-1);
    if (last?.isOpen) Object.assign(last, { to: at, isOpen: false });
  };
  frames.forEach((frame, i) => {
    const at = times[i] ?? 0;
    if (frame.type === "participant:joined") {
      const { participant: person } = frame.data;
      const known = found.get(person.id) ?? { person, stays: [] };
      known.person = person;
      if (!known.stays.at(-1)?.isOpen) known.stays.push({ from: at, to: untilMs, isOpen: true });
      found.set(person.id, known);
    } else if (GONE.has(frame.type) && "participant_id" in frame.data && frame.data.participant_id) {
      leave(frame.data.participant_id, at);
    } else if (frame.type === "session:ended" || frame.type === "session:cancelled") {
      for (const id of found.keys()) leave(id, at);
    } else if (frame.type === "participant:role_changed") {
      const known = found.get(frame.data.participant_id);
      if (known) known.person = { ...known.person, role: frame.data.role };
    }
  });
  return [...found.values()];
}

/** How long somebody was in, in milliseconds. */
export function totalOf({ stays }: Presence): number {
  return stays.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
}

/** The most people that were in at once, in each of so many equal parts of a span. */
export function peaksOf(presences: readonly Presence[], { from, to }: Span, parts: number): number[] {
  const steps = presences
    .flatMap(({ stays }) =>
      stays.flatMap((stay) => [
        { at: stay.from, by: 1 },
        { at: stay.to, by: -1 },
      ]),
    )
    .sort((a, b) => a.at - b.at || b.by - a.by);
  const peaks: number[] = [];
  let [present, next] = [0, 0];
  for (let part = 0; part < parts; part += 1) {
    const end = from + ((to - from) * (part + 1)) / parts;
    let peak = present;
    for (let step = steps[next]; step && (step.at < end || part === parts - 1); step = steps[next]) {
      present += step.by;
      peak = Math.max(peak, present);
      next += 1;
    }
    peaks.push(peak);
  }
  return peaks;
}
