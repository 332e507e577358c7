// What is worth jumping to: single moments, and chapters of moments of one kind that belong together. Pure.

import type { Frame } from "../contract/events";

export const CHAPTER_KINDS = ["session", "people", "hands", "chat", "polls", "recordings"] as const;
export type ChapterKind = (typeof CHAPTER_KINDS)[number];

/** Something that happened, by its place in the log. */
export interface Moment {
  index: number;
  timeMs: number;
  kind: ChapterKind;
  frame: Frame;
}

export interface Chapter extends Moment {
  /** How many moments it holds. */
  count: number;
}

const KINDS: Partial<Record<Frame["type"], ChapterKind>> = {
  "session:started": "session",
  "session:paused": "session",
  "session:resumed": "session",
  "session:ended": "session",
  "session:cancelled": "session",
  "session:locked": "session",
  "session:unlocked": "session",
  "participant:joined": "people",
  "participant:left": "people",
  "participant:kicked": "people",
  "participant:banned": "people",
  "participant:hand_raised": "hands",
  "chat:sent": "chat",
  "poll:created": "polls",
  "poll:closed": "polls",
  "recording:started": "recordings",
  "recording:paused": "recordings",
  "recording:resumed": "recordings",
  "recording:stopped": "recordings",
};

/** Kinds of which many in a row are one thing: people streaming in, a conversation. */
const FLOWING: ReadonlySet<ChapterKind> = new Set(["people", "hands", "chat"]);
/** Moments of one kind that follow within this time are one chapter. */
const TOGETHER_MS = 60_000;

export function kindOf(type: Frame["type"]): ChapterKind | null {
  return KINDS[type] ?? null;
}

export function momentsOf(frames: readonly Frame[], times: readonly number[], after = 0): Moment[] {
  return frames.slice(after).flatMap((frame, i) => {
    const kind = kindOf(frame.type);
    return kind ? [{ index: after + i, timeMs: times[after + i] ?? 0, kind, frame }] : [];
  });
}

/** The moments, gathered; a chapter is where its first moment is. */
export function chaptersOf(moments: readonly Moment[]): Chapter[] {
  const chapters: Chapter[] = [];
  const open = new Map<string, { chapter: Chapter; lastMs: number }>();
  for (const moment of moments) {
    const key = FLOWING.has(moment.kind) ? moment.frame.type : `${moment.index}`;
    const before = open.get(key);
    if (before && moment.timeMs - before.lastMs <= TOGETHER_MS) {
      before.chapter.count += 1;
      before.lastMs = moment.timeMs;
      continue;
    }
    const chapter = { ...moment, count: 1 };
    chapters.push(chapter);
    open.set(key, { chapter, lastMs: moment.timeMs });
  }
  return chapters;
}

/** The first moment after a time, or the last one before it. */
export function neighbour(moments: readonly Moment[], timeMs: number, direction: 1 | -1): Moment | undefined {
  return direction > 0
    ? moments.find((each) => each.timeMs > timeMs)
    : moments.findLast((each) => each.timeMs < timeMs);
}
