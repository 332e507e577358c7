// Writing and reading in a room: what is on the screen, what is on its way, and what was said before.

import { batch, computed, effect, signal, type ReadonlySignal } from "@preact/signals";

import type { Frame } from "../contract/events";
import type { Mention, MessageView, ParticipantView, RoomSession, RoomState, Uuid } from "../contract/types";
import { newId } from "../net/ids";
import type { Ack } from "../net/socket";
import { words } from "../words";
import { RECENT_MESSAGES } from "./apply";
import type { Keeping } from "./chat_keeping";
import {
  EMPTY_LOG,
  MOST_KEPT,
  MOST_WHILE_READING,
  withFrames,
  withinLimit,
  withOlder,
  withRecent,
  type ChatLog,
} from "./chat_log";
import { Mailbox } from "./mailbox";
import { isHostRole } from "./rights";
import { NOTHING_UNREAD, recounted, seen, withEdit, withMessage, type Unread } from "./unread";

const PAGE = 50;
/** How many pages are loaded to find a message that another one answers. */
const MOST_SOUGHT = 20;

export interface ChatOptions {
  call: <T>(command: string, payload?: object, commandId?: string) => Promise<Ack<T>>;
  readOlder: (before: number, limit: number) => Promise<MessageView[]>;
  /** My participant's id, once it is known. */
  me: () => string | null;
  /** Where what is not sent yet outlives a reload; left out, it does not. */
  keeping?: Keeping;
}

export class Chat {
  readonly log = signal<ChatLog>(EMPTY_LOG);
  /** What is being written; kept while another tab is shown, while the link is down and over a reload. */
  readonly draft = signal("");
  /** Whom one chose from the list of names while writing it. */
  readonly picked = signal<readonly Mention[]>([]);
  /** Set while the chat is on the screen. */
  readonly isShown = signal(false);
  readonly mailbox: Mailbox;
  readonly unread: ReadonlySignal<number>;
  /** How many of the unread ones mention me. */
  readonly unreadForMe: ReadonlySignal<number>;
  /** The place in the log after which everything is new since one looked; null: nothing is. */
  readonly newSince: ReadonlySignal<number | null>;
  readonly #options: ChatOptions;
  readonly #unread = signal<Unread>(NOTHING_UNREAD);
  readonly #divider = signal<number | null>(null);
  #isFollowing = false;
  #stopKeeping: (() => void) | null = null;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.mailbox = new Mailbox(options.call, () => this.log.peek().messages);
    this.unread = computed(() => this.#unread.value.count);
    this.unreadForMe = computed(() => this.#unread.value.forMe.length);
    this.newSince = computed(() => this.#divider.value ?? (this.#unread.value.count ? this.#unread.value.upTo : null));
  }

  send(text: string, replyTo: Uuid | null, mentions: readonly Mention[] = []): void {
    this.#divider.value = null;
    this.mailbox.send(text, replyTo, mentions);
  }

  async edit(messageId: Uuid, text: string, mentions: readonly Mention[] = []): Promise<void> {
    const named = mentions.map((each) => each.participant_id);
    await this.#options.call("chat:edit", { message_id: messageId, text, mentions: named }, newId());
  }

  async remove(messageId: Uuid): Promise<void> {
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

  /** What somebody said last, unless it was taken back. */
  lastBy(participantId: Uuid): MessageView | undefined {
    const { messages } = this.log.peek();
    for (let at = messages.length - 1; at >= 0; at -= 1) {
      const message = messages[at];
      if (message?.participant_id === participantId && !message.deleted_at) return message;
    }
    return undefined;
  }

  /** Whether a message is in the log, after loading what is older until it is. */
  async find(messageId: Uuid): Promise<boolean> {
    const isThere = (): boolean => this.log.peek().messages.some((each) => each.id === messageId);
    for (let page = 0; page < MOST_SOUGHT && !isThere() && !this.log.peek().isComplete; page += 1) {
      await this.loadOlder();
    }
    return isThere();
  }

  /** One looks at the end of the chat, and sees whatever comes, or does not any more. */
  follow(isFollowing: boolean): void {
    if (isFollowing === this.#isFollowing) return;
    this.#isFollowing = isFollowing;
    batch(() => {
      const { count, upTo } = this.#unread.peek();
      if (isFollowing && count > 0) this.#divider.value = upTo;
      if (isFollowing) this.#sawAll();
    });
  }

  /** The chat was closed, or the window hidden: what was new is so no more. */
  lookAway(): void {
    this.follow(false);
    this.#divider.value = null;
  }

  /** The room's state has changed: by these events, or as a whole. */
  changed(state: RoomState, fresh: readonly Frame[], isSnapshot: boolean): void {
    const [before, me] = [this.log.peek(), this.#options.me()];
    // The first state says what was there, not what has just been said.
    const newest = before === EMPTY_LOG ? Infinity : (before.messages.at(-1)?.seq ?? 0);
    batch(() => {
      const log = isSnapshot ? withRecent(before, state.messages, RECENT_MESSAGES) : withFrames(before, fresh);
      this.log.value = withinLimit(log, this.#isFollowing || !this.isShown.peek() ? MOST_KEPT : MOST_WHILE_READING);
      const since = log.messages.filter((each) => each.seq > newest);
      this.mailbox.heard(since.filter((each) => each.participant_id === me));
      this.#count(isSnapshot ? log.messages : since, fresh, isSnapshot);
    });
  }

  /** One is in, or in again: what was kept is taken out, and whatever waits is sent, in order. */
  resume(): void {
    const me = this.#options.me();
    if (!this.#stopKeeping && this.#options.keeping && me) this.#keep(this.#options.keeping, me);
    this.mailbox.resume();
  }

  close(): void {
    this.#stopKeeping?.();
    this.mailbox.close();
  }

  #keep(keeping: Keeping, me: Uuid): void {
    const kept = keeping.read(me);
    batch(() => {
      if (kept) this.mailbox.restore(kept.outbox);
      if (kept && !this.draft.peek()) [this.draft.value, this.picked.value] = [kept.draft, kept.picked];
    });
    this.#stopKeeping = effect(() => {
      keeping.write(me, { outbox: this.mailbox.outbox.value, draft: this.draft.value, picked: this.picked.value });
    });
  }

  #count(messages: readonly MessageView[], fresh: readonly Frame[], isSnapshot: boolean): void {
    const me = this.#options.me();
    const before = this.#unread.peek();
    if (this.#isFollowing || before.upTo === null) return this.#sawAll();
    const edited = fresh.flatMap(({ type, data }) =>
      type === "chat:edited" || type === "chat:deleted" ? [(data as { message_id: Uuid }).message_id] : [],
    );
    const counted = isSnapshot
      ? recounted(before, messages, me)
      : messages.reduce((sum, each) => withMessage(sum, each, me), before);
    const all = this.log.peek().messages;
    this.#unread.value = edited.reduce(
      (sum, id) =>
        withEdit(
          sum,
          all.find((each) => each.id === id),
          me,
        ),
      counted,
    );
  }

  #sawAll(): void {
    this.#unread.value = seen(this.#unread.peek(), this.log.peek().messages.at(-1)?.seq ?? 0);
  }
}

/** Why one cannot write now; null if one can. Hosts may write before the start and during a pause. */
export function silenceOf(session: RoomSession, me: ParticipantView): string | null {
  if (!session.settings.allow_chat) return words.chat.off;
  if (me.is_muted)
    return session.settings.allow_hands && !me.hand_raised_at ? words.chat.mutedAsk : words.chat.mutedHint;
  if (session.status === "active" || isHostRole(me.role)) return null;
  return session.status === "paused" ? words.chat.paused : words.chat.notLive;
}
