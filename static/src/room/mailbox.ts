// Sends what is written, one message after the other, until the server has it: over lost links and through its limits.

import { signal } from "@preact/signals";

import type { Mention, MessageView, Uuid } from "../contract/types";
import { ConveneError, DISCONNECTED } from "../net/error";
import { newId } from "../net/ids";
import { serverNow } from "../net/server_clock";
import type { Ack } from "../net/socket";
import {
  nextToSend,
  outstanding,
  withChange,
  withHeard,
  withoutCommand,
  withWaiting,
  type Outbox,
  type Outgoing,
} from "./outbox";

const AGAIN_MS = 2_000;
/** Somebody who is mentioned has been sent away meanwhile. */
const GONE = "PARTICIPANT_NOT_FOUND";

type Call = <T>(command: string, payload?: object, commandId?: string) => Promise<Ack<T>>;

export class Mailbox {
  readonly outbox = signal<Outbox>([]);
  readonly #call: Call;
  readonly #shown: () => readonly MessageView[];
  #isSending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `shown` are the messages on the screen: what has become one of them is done. */
  constructor(call: Call, shown: () => readonly MessageView[]) {
    this.#call = call;
    this.#shown = shown;
  }

  send(text: string, replyTo: Uuid | null, mentions: readonly Mention[]): void {
    const item: Outgoing = {
      command_id: newId(),
      text,
      reply_to: replyTo,
      mentions,
      written_at: new Date(serverNow()).toISOString(),
      state: "sending",
    };
    this.outbox.value = [...this.outbox.peek(), item];
    void this.#sendAll();
  }

  /** Tries again with what was refused; it goes to the end, after what was written since. */
  retry(commandId: string): void {
    const item = this.outbox.peek().find((each) => each.command_id === commandId);
    if (!item) return;
    const { refused: _, ...rest } = item;
    this.outbox.value = [...withoutCommand(this.outbox.peek(), commandId), { ...rest, state: "sending" }];
    void this.#sendAll();
  }

  discard(commandId: string): void {
    this.outbox.value = withoutCommand(this.outbox.peek(), commandId);
  }

  /** What was kept from before a reload goes before what has been written since. */
  restore(kept: Outbox): void {
    this.outbox.value = [...kept, ...this.outbox.peek()];
  }

  /** Messages of mine have come. */
  heard(mine: readonly MessageView[]): void {
    if (this.outbox.peek().length) this.#keep(mine.reduce(withHeard, this.outbox.peek()));
  }

  /** The link is back: whatever waits is sent again. */
  resume(): void {
    void this.#sendAll();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #sendAll(): Promise<void> {
    if (this.#isSending) return;
    clearTimeout(this.#timer);
    this.#isSending = true;
    let again: number | null = null;
    for (let item = nextToSend(this.outbox.peek()); item && again === null; item = nextToSend(this.outbox.peek())) {
      again = await this.#post(item);
    }
    this.#isSending = false;
    if (again !== null && again !== Infinity) this.#timer = setTimeout(() => void this.#sendAll(), again);
  }

  /** Null once the message has an answer, else in how many milliseconds to go on; Infinity: when the link is back. */
  async #post(item: Outgoing): Promise<number | null> {
    const id = item.command_id;
    this.#change(id, { state: "sending" });
    const mentions = item.mentions.map((each) => each.participant_id);
    try {
      const payload = { text: item.text, reply_to: item.reply_to, mentions };
      const { data } = await this.#call<MessageView>("chat:send", payload, id);
      this.#change(id, { message_id: data.id });
    } catch (error) {
      if (!(error instanceof ConveneError)) throw error;
      return this.#refused(item, error);
    }
    return null;
  }

  #refused(item: Outgoing, error: ConveneError): number | null {
    const later = error.details.retry_after_s;
    if (error.isSilence || typeof later === "number") {
      this.outbox.value = withWaiting(this.outbox.peek(), typeof later === "number" ? "slowed" : "waiting");
      // Lost with the link up: nothing will call us, so we try again by ourselves.
      return typeof later === "number" ? later * 1000 : error.code === DISCONNECTED ? Infinity : AGAIN_MS;
    }
    if (error.code === GONE && item.mentions.length) this.#change(item.command_id, { mentions: [] });
    else this.#change(item.command_id, { state: "failed", refused: error.body });
    return null;
  }

  #change(commandId: string, change: Partial<Outgoing>): void {
    this.#keep(withChange(this.outbox.peek(), commandId, change));
  }

  #keep(outbox: Outbox): void {
    this.outbox.value = outstanding(outbox, this.#shown());
  }
}
