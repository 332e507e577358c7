// Messages that have been written but are not yet known to be in the log. Pure.

import type { Mention, MessageView } from "../contract/types";
import type { ErrorBody } from "../net/error";

export interface Outgoing {
  /** Sent again under the same id, a command has its effect only once. */
  readonly command_id: string;
  readonly text: string;
  readonly reply_to: string | null;
  readonly mentions: readonly Mention[];
  readonly written_at: string;
  /** `waiting` for the link, `slowed` by the server for a moment, `failed` for good unless one tries again. */
  readonly state: "sending" | "waiting" | "slowed" | "failed";
  /** Why it failed. */
  readonly refused?: ErrorBody;
  /** The message it has become; it goes once that is on the screen. */
  readonly message_id?: string;
}

export type Outbox = readonly Outgoing[];

export function withChange(outbox: Outbox, command_id: string, change: Partial<Outgoing>): Outbox {
  return outbox.map((each) => (each.command_id === command_id ? { ...each, ...change } : each));
}

export function withoutCommand(outbox: Outbox, command_id: string): Outbox {
  return outbox.filter((each) => each.command_id !== command_id);
}

/** What is to be sent next: one after the other, so that they stand in the log in the order they were written. */
export function nextToSend(outbox: Outbox): Outgoing | undefined {
  return outbox.find((each) => each.state !== "failed" && !each.message_id);
}

/** All that has not been sent, now waiting. */
export function withWaiting(outbox: Outbox, state: "waiting" | "slowed"): Outbox {
  return outbox.map((each) => (each.state === "failed" || each.message_id ? each : { ...each, state }));
}

/**
 * A message of mine has come, often before the answer to its command: it must not stand there twice until then. Only
 * what is on its way can be meant; of what waits, only the answer says whether it got there before the link was lost.
 */
export function withHeard(outbox: Outbox, { id, text, reply_to }: MessageView): Outbox {
  if (outbox.some((each) => each.message_id === id)) return outbox;
  const item = nextToSend(outbox);
  const isMeant = item?.state === "sending" && item.text === text && item.reply_to === reply_to;
  return isMeant ? withChange(outbox, item.command_id, { message_id: id }) : outbox;
}

/** What is left when these messages are on the screen. */
export function outstanding(outbox: Outbox, messages: readonly MessageView[]): Outbox {
  if (outbox.length === 0) return outbox;
  const shown = new Set(messages.map((each) => each.id));
  const left = outbox.filter((each) => !each.message_id || !shown.has(each.message_id));
  return left.length === outbox.length ? outbox : left;
}
