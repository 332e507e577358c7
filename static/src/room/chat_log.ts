// The chat as one scrolls through it: older pages from the history, and what the room's state slides past. Pure.

import type { Frame } from "../contract/events";
import type { MessageView } from "../contract/types";

const MOST = 1_000;

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
  if (frame.type === "chat:sent") return withinLimit({ ...log, messages: [...log.messages, frame.data.message] });
  if (frame.type === "chat:edited") {
    return changed(log, frame.data.message_id, { text: frame.data.text, edited_at: frame.at });
  }
  if (frame.type === "chat:deleted") return changed(log, frame.data.message_id, { text: "", deleted_at: frame.at });
  return log;
}

/** So that hours of chat do not slow the page; what is let go can be loaded again. */
function withinLimit(log: ChatLog): ChatLog {
  if (log.messages.length <= MOST) return log;
  return { messages: log.messages.slice(-MOST), isComplete: false };
}

function changed(log: ChatLog, id: string, changes: Partial<MessageView>): ChatLog {
  return { ...log, messages: log.messages.map((each) => (each.id === id ? { ...each, ...changes } : each)) };
}
