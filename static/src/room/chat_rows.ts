// The chat as lines on the screen: days, the border of what is new, messages under their names. Pure.

import type { MessageView } from "../contract/types";
import type { Outgoing } from "./outbox";

export type Row =
  | { readonly kind: "day"; readonly key: string; readonly at: string }
  | { readonly kind: "new"; readonly key: string }
  | { readonly kind: "message"; readonly key: string; readonly message: MessageView; readonly isContinued: boolean }
  | { readonly kind: "outgoing"; readonly key: string; readonly item: Outgoing };

/** What one person says within this time stands under one name. */
const TOGETHER_MS = 5 * 60_000;

interface Contents {
  messages: readonly MessageView[];
  outbox: readonly Outgoing[];
  /** The place in the log after which everything is new. */
  newSince: number | null;
  /** Which day it is at an instant, where the reader is. */
  dayOf: (instant: string) => number;
}

export function rowsOf({ messages, outbox, newSince, dayOf }: Contents): Row[] {
  const rows: Row[] = [];
  let before: MessageView | undefined;
  let day: number | undefined;
  for (const message of messages) {
    const today = before && isSameMinute(before, message) ? day : dayOf(message.sent_at);
    const isNewDay = today !== day;
    const isFirstNew = newSince !== null && message.seq > newSince && (!before || before.seq <= newSince);
    if (isNewDay) rows.push({ kind: "day", key: `day-${today}`, at: message.sent_at });
    if (isFirstNew) rows.push({ kind: "new", key: "new" });
    const isContinued = !isNewDay && !isFirstNew && before !== undefined && goesOn(before, message);
    rows.push({ kind: "message", key: message.id, message, isContinued });
    [before, day] = [message, today];
  }
  for (const item of outbox) rows.push({ kind: "outgoing", key: item.command_id, item });
  return rows;
}

/** The same person goes on speaking: the name need not be said again. */
function goesOn(before: MessageView, message: MessageView): boolean {
  if (before.participant_id !== message.participant_id || message.reply_to) return false;
  return Date.parse(message.sent_at) - Date.parse(before.sent_at) < TOGETHER_MS;
}

const TO_THE_MINUTE = "2026-01-31T09:41".length;

/** Cheap where much is said: days begin with a minute everywhere. Instants are told in UTC. */
function isSameMinute(before: MessageView, message: MessageView): boolean {
  return before.sent_at.slice(0, TO_THE_MINUTE) === message.sent_at.slice(0, TO_THE_MINUTE);
}
