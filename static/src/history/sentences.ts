// An event of the log as a line that people can read. Pure.

import type { Frame } from "../contract/events";
import { words } from "../words";
import { nameOf } from "../words/person_name";

/** Names by participant's or user's id. */
export type Names = ReadonlyMap<string, string>;

/** What happened, in words; null for what is not for our eyes, or not known here. */
export function sentenceOf(frame: Frame, names: Names): string | null {
  if (frame.type === "event:hidden" || frame.type === "session:roster_changed") return null;
  const say = words.happened[frame.type] as ((by: string, whom: string) => string) | undefined;
  if (!say) return null;
  const by = frame.actor ? (names.get(frame.actor) ?? words.history.somebody) : words.history.system;
  return say(by, whomOf(frame, names));
}

function whomOf(frame: Frame, names: Names): string {
  if (frame.type === "participant:joined") return nameOf(frame.data.participant);
  if (frame.type === "waiting_room:updated" && frame.data.waiting) return nameOf(frame.data.waiting);
  if ("participant_id" in frame.data && frame.data.participant_id) {
    return names.get(frame.data.participant_id) ?? words.history.somebody;
  }
  return words.history.somebody;
}

/** The names that the events themselves tell, beside those already known. */
export function namesIn(frames: readonly Frame[], known: Iterable<readonly [string, string]>): Names {
  const names = new Map(known);
  for (const frame of frames) {
    if (frame.type === "participant:joined") names.set(frame.data.participant.id, nameOf(frame.data.participant));
    if (frame.type === "waiting_room:updated" && frame.data.waiting) {
      names.set(frame.data.waiting.id, nameOf(frame.data.waiting));
    }
  }
  return names;
}
