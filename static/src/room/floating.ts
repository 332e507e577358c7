// Emojis that float by. Under load the same ones float as one with a number, so that a hall that applauds costs no more
// than a few who do. Pure.

import type { Reaction } from "../contract/events";

export interface Floating {
  key: number;
  emoji: Reaction;
  /** Who sent the first of them. */
  name: string;
  count: number;
  /** Milliseconds on any clock that runs evenly. */
  at: number;
}

/** So many float each for themselves; what comes on top joins its kind. */
const EACH_ALONE = 12;
const MOST = 30;
/** Only what has just begun to float can be joined: the others are too far up. */
const JOINABLE_MS = 900;

export function withReaction(list: readonly Floating[], next: Omit<Floating, "count">): readonly Floating[] {
  const kin = list.findLast((each) => each.emoji === next.emoji && next.at - each.at < JOINABLE_MS);
  if (kin && list.length >= EACH_ALONE) {
    return list.map((each) => (each === kin ? { ...kin, count: kin.count + 1 } : each));
  }
  return [...list, { ...next, count: 1 }].slice(-MOST);
}
