// The chat as one scrolls through it: older pages from the history, and what the room's state slides past. Pure.

import type { Frame } from "../contract/events";
import type { MessageView } from "../contract/types";
import { withoutPerson } from "./erased";

/** So that hours of chat cost no more than the last of them; what is let go is loaded again when one scrolls there. */
export const MOST_KEPT = 500;
/** While one reads further up, nothing is taken away from under one's eyes until there is this much. */
export const MOST_WHILE_READING = 3_000;

export interface ChatLog {
  /** Without a gap, oldest first. */
  readonly messages: readonly MessageView[];
  /** There is nothing older. */
  readonly isComplete: boolean;
}

export const EMPTY_LOG: ChatLog = { messages: [], isComplete: false };

/** The log after a whole state has come: what is older stays only if nothing can be missing in between. */
export function withRecent(log: ChatLog, recent: readonly MessageView[], limit: number): ChatLog {
  const first = recent[0];
  if (!first) return { messages: [], isComplete: true };
  const overlaps = log.messages.some((each) => each.id === first.id);
  const older = overlaps ? log.messages.filter((each) => each.seq < first.seq) : [];
  const isComplete = overlaps ? log.isComplete : recent.length < limit;
  return { messages: [...older, ...recent], isComplete };
}

/** The log with a page of older messages before it; a short page was the last. */
export function withOlder(log: ChatLog, page: readonly MessageView[], limit: number): ChatLog {
  const oldest = log.messages[0]?.seq ?? Infinity;
  const older = page.filter((each) => each.seq < oldest).sort((a, b) => a.seq - b.seq);
  return { messages: [...older, ...log.messages], isComplete: page.length < limit };
}

/** The log after one event of the room. */
export function withFrame(log: ChatLog, frame: Frame): ChatLog {
  if (frame.type === "chat:sent") return { ...log, messages: [...log.messages, frame.data.message] };
  if (frame.type === "chat:edited") {
    return changed(log, frame.data.message_id, {
      text: frame.data.text,
      edited_at: frame.at,
      mentions: frame.data.mentions,
    });
  }
  if (frame.type === "chat:deleted")
    return changed(log, frame.data.message_id, { text: "", deleted_at: frame.at, mentions: [] });
  if (frame.type === "participant:erased") {
    const { participant_id: id, display_name: name } = frame.data;
    return { ...log, messages: log.messages.map((each) => withoutPerson(each, id, name)) };
  }
  return log;
}

/** The newest of it: what is let go can be loaded again. */
export function withinLimit(log: ChatLog, most: number): ChatLog {
  if (log.messages.length <= most) return log;
  return { messages: log.messages.slice(-most), isComplete: false };
}

/** The log after everything that came since the last picture, at the cost of one. */
export function withFrames(log: ChatLog, frames: readonly Frame[]): ChatLog {
  const sent = frames.flatMap((frame) => (frame.type === "chat:sent" ? [frame.data.message] : []));
  const grown = sent.length ? { ...log, messages: [...log.messages, ...sent] } : log;
  return frames.reduce((sum, frame) => (frame.type === "chat:sent" ? sum : withFrame(sum, frame)), grown);
}

function changed(log: ChatLog, id: string, changes: Partial<MessageView>): ChatLog {
  return { ...log, messages: log.messages.map((each) => (each.id === id ? { ...each, ...changes } : each)) };
}
