// Who did what still holds, as far as the events heard tell: who muted somebody, who paused. Pure.

import type { Frame } from "../contract/events";
import type { Uuid } from "../contract/types";

/** By what it is about: somebody's id for having muted them, or "pause". */
export type Doers = ReadonlyMap<string, Uuid>;

export const NOBODY: Doers = new Map();

/** The same map if nothing in the frames changes it. */
export function withDoers(doers: Doers, frames: readonly Frame[]): Doers {
  const changed = new Map(doers);
  let isChanged = false;
  for (const frame of frames) {
    for (const about of subjectsOf(frame)) {
      isChanged = true;
      if (isBegun(frame) && frame.actor) changed.set(about, frame.actor);
      else changed.delete(about);
    }
  }
  return isChanged ? changed : doers;
}

function isBegun({ type }: Frame): boolean {
  return type === "participant:muted" || type === "participant:all_muted" || type === "session:paused";
}

function subjectsOf(frame: Frame): readonly string[] {
  switch (frame.type) {
    case "participant:muted":
    case "participant:unmuted":
      return [frame.data.participant_id];
    case "participant:all_muted":
    case "participant:all_unmuted":
      return frame.data.participant_ids;
    case "session:paused":
    case "session:resumed":
      return ["pause"];
    default:
      return [];
  }
}
