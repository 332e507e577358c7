// Writing and reading in a room: what is on the screen, what is on its way, and what was said before.

import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";

import type { Frame } from "../contract/events";
import type { MessageView, ParticipantView, RoomState } from "../contract/types";
import { ConveneError, DISCONNECTED } from "../net/error";
import { newId } from "../net/ids";
import type { Ack } from "../net/socket";
import { words } from "../words";
import { RECENT_MESSAGES } from "./apply";
import { EMPTY_LOG, withFrame, withOlder, withRecent, type ChatLog } from "./chat_log";
import { outstanding, resendable, withChange, withHeard, withoutCommand, type Outbox, type Outgoing } from "./outbox";
import { isHostRole } from "./rights";

const PAGE = 50;
const AGAIN_MS = 2_000;

export interface ChatOptions {
  call: <T>(command: string, payload?: object, commandId?: string) => Promise<Ack<T>>;
  readOlder: (before: number, limit: number) => Promise<MessageView[]>;
  /** My participant's id, once it is known. */
  me: () => string | null;
}

export class Chat {
  readonly log = signal<ChatLog>(EMPTY_LOG);
  readonly outbox = signal<Outbox>([]);
  /** What is being written; kept while another tab is shown and while the link is down. */
  readonly draft = signal("");
  /** Set while the chat is on the screen, where its messages are read out in place. */
  readonly isShown = signal(false);
  readonly unread: ReadonlySignal<number>;
  readonly #options: ChatOptions;
  readonly #readUpTo = signal<number | null>(null);

  constructor(options: ChatOptions) {
    this.#options = options;
    this.unread = computed(() => this.#countUnread());
  }

  send(text: string, replyTo: string | null): void {
    const written_at = new Date().toISOString();
    const item: Outgoing = { command_id: newId(), text, reply_to: replyTo, written_at, state: "sending" };
    this.outbox.value = [...this.outbox.peek(), item];
    void this.#post(item);
  }

  retry(commandId: string): void {
    const item = this.#find(commandId);
    if (item) void this.#post(item);
  }

  discard(commandId: string): void {
    this.outbox.value = withoutCommand(this.outbox.peek(), commandId);
  }

  async edit(messageId: string, text: string): Promise<void> {
    await this.#options.call("chat:edit", { message_id: messageId, text }, newId());
  }

  async remove(messageId: string): Promise<void> {
    await this.#options.call("chat:delete", { message_id: messageId }, newId());
  }

  async loadOlder(): Promise<void> {
    const { log } = this;
    const oldest = log.peek().messages[0]?.seq;
    if (oldest === undefined || log.peek().isComplete) return;
    const page = await this.#options.readOlder(oldest, PAGE);
    // A whole state may have come meanwhile: the page belongs before what it was asked for.
    if (log.peek().messages[0]?.seq === oldest) log.value = withOlder(log.peek(), page, PAGE);
  }

  markRead(): void {
    this.#readUpTo.value = this.#newest();
  }

  /** The room's state has changed: by these events, or as a whole. */
  changed(state: RoomState, fresh: readonly Frame[], isSnapshot: boolean): void {
    const [before, newest, me] = [this.log.peek(), this.#newest(), this.#options.me()];
    batch(() => {
      this.log.value = isSnapshot
        ? withRecent(before, state.messages, RECENT_MESSAGES)
        : fresh.reduce(withFrame, before);
      const { messages } = this.log.peek();
      const heard = messages.filter((each) => each.seq > newest && each.participant_id === me);
      this.outbox.value = outstanding(heard.reduce(withHeard, this.outbox.peek()), messages);
      if (this.#readUpTo.peek() === null) this.markRead();
    });
  }

  /** The link is back: whatever waits is sent again, in order. */
  resume(): void {
    const sendAll = async (): Promise<void> => {
      for (const item of resendable(this.outbox.peek())) await this.#post(item);
    };
    void sendAll();
  }

  async #post(item: Outgoing): Promise<void> {
    const id = item.command_id;
    this.#change(id, { state: "sending" });
    try {
      const payload = { text: item.text, reply_to: item.reply_to };
      const { data } = await this.#options.call<MessageView>("chat:send", payload, id);
      this.#change(id, { message_id: data.id });
    } catch (error) {
      if (!(error instanceof ConveneError)) throw error;
      if (!error.isSilence) return this.#change(id, { state: "failed", reason: error.message });
      this.#change(id, { state: "waiting" });
      // Lost with the link up: nothing will call us, so we try again by ourselves.
      if (error.code !== DISCONNECTED) setTimeout(() => this.#retryWaiting(id), AGAIN_MS);
    }
  }

  #retryWaiting(commandId: string): void {
    const item = this.#find(commandId);
    if (item?.state === "waiting") void this.#post(item);
  }

  #find(commandId: string): Outgoing | undefined {
    return this.outbox.peek().find((each) => each.command_id === commandId);
  }

  #change(commandId: string, change: Partial<Outgoing>): void {
    this.outbox.value = outstanding(withChange(this.outbox.peek(), commandId, change), this.log.peek().messages);
  }

  #newest(): number {
    return this.log.peek().messages.at(-1)?.seq ?? 0;
  }

  #countUnread(): number {
    const seen = this.#readUpTo.value;
    if (seen === null) return 0;
    const me = this.#options.me();
    return this.log.value.messages.filter((each) => each.seq > seen && each.participant_id !== me).length;
  }
}

/** Why one cannot write now; null if one can. Hosts may write before the start and during a pause. */
export function silenceOf({ session }: RoomState, me: ParticipantView): string | null {
  if (!session.settings.allow_chat) return words.chat.off;
  if (me.is_muted) return words.chat.mutedHint;
  if (session.status === "active" || isHostRole(me.role)) return null;
  return session.status === "paused" ? words.chat.paused : words.chat.notLive;
}
