// The log as lines to look through: by kind, and by what they say. Pure.

import type { Frame } from "../contract/events";
import { CHAPTER_KINDS, type ChapterKind } from "../replay/chapters";
import { formatDay } from "../words/format";
import { sentenceOf, type Names } from "./sentences";

export type LineKind = ChapterKind;
export const LINE_KINDS = CHAPTER_KINDS;

/** A day's name, or something that happened on it. */
export type Line = { key: string; day: string } | { key: string; frame: Frame; text: string; detail: string };

/** How much of an instant says its minute. */
const MINUTE = "2026-11-21T09:00".length;

const PREFIXES: readonly [string, LineKind][] = [
  ["session:", "session"],
  ["participant:hand", "hands"],
  ["participant:", "people"],
  ["waiting_room:", "people"],
  ["chat:", "chat"],
  ["poll:", "polls"],
  ["recording:", "recordings"],
];

export function lineKindOf(type: string): LineKind {
  return PREFIXES.find(([prefix]) => type.startsWith(prefix))?.[1] ?? "session";
}

export interface Wanted {
  kind: LineKind | null;
  search: string;
}

/** The lines that are wanted, under their days, and how many there are of how many. */
export function linesOf(
  frames: readonly Frame[],
  names: Names,
  { kind, search }: Wanted,
): { lines: Line[]; shown: number; all: number } {
  const wanted = search.trim().toLocaleLowerCase();
  const lines: Line[] = [];
  let [minute, day, shown, all] = ["", "", 0, 0];
  for (const frame of frames) {
    const text = sentenceOf(frame, names);
    if (text === null) continue;
    all += 1;
    const detail = detailOf(frame);
    if (kind && lineKindOf(frame.type) !== kind) continue;
    if (wanted && !`${text} ${detail}`.toLocaleLowerCase().includes(wanted)) continue;
    shown += 1;
    // What happens within a minute happens on one day; to ask of each event would be felt.
    if (frame.at.slice(0, MINUTE) !== minute) {
      minute = frame.at.slice(0, MINUTE);
      const today = formatDay(frame.at);
      if (today !== day) lines.push({ key: `day ${frame.seq}`, day: today });
      day = today;
    }
    lines.push({ key: String(frame.seq), frame, text, detail });
  }
  return { lines, shown, all };
}

/** What was said or asked, where something was. */
export function detailOf(frame: Frame): string {
  if (frame.type === "chat:sent") return frame.data.message.text;
  if (frame.type === "chat:edited") return frame.data.text;
  if (frame.type === "poll:created") return frame.data.poll.question;
  if (frame.type === "recording:started") return frame.data.recording.title;
  return "";
}
