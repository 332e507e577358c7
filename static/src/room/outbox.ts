// Messages that have been written but are not yet known to be in the log. Pure.

import type { MessageView } from "../contract/types";

export interface Outgoing {
  /** Sent again under the same id, a command has its effect only once. */
  readonly command_id: string;
  readonly text: string;
  readonly reply_to: string | null;
  readonly written_at: string;
  readonly state: "sending" | "waiting" | "failed";
  /** Why it failed, for the person. */
  readonly reason?: string;
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

/** A message of mine has come, often before the answer to its command: it must not stand there twice until then. */
export function withHeard(outbox: Outbox, { id, text, reply_to }: MessageView): Outbox {
  if (outbox.some((each) => each.message_id === id)) return outbox;
  const item = outbox.find(
    (each) => !each.message_id && each.state !== "failed" && each.text === text && each.reply_to === reply_to,
  );
  return item ? withChange(outbox, item.command_id, { message_id: id }) : outbox;
}

/** What is left when these messages are on the screen. */
export function outstanding(outbox: Outbox, messages: readonly MessageView[]): Outbox {
  if (outbox.length === 0) return outbox;
  const shown = new Set(messages.map((each) => each.id));
  const left = outbox.filter((each) => !each.message_id || !shown.has(each.message_id));
  return left.length === outbox.length ? outbox : left;
}

/** What should be sent again now that the link is back. */
export function resendable(outbox: Outbox): Outbox {
  return outbox.filter((each) => each.state === "waiting");
}
