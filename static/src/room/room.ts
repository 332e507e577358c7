// One room as the views see it: signals of what is, and the commands one can give.

import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

import type { Client } from "../client";
import type { Frame, Reaction, Welcome } from "../contract/events";
import type { MessageView, OwnPollView, ParticipantView, PreviewSession, RoomState } from "../contract/types";
import { seatIn, type Seat } from "../join/seat";
import type { ConveneError } from "../net/error";
import type { Answer, Query } from "../net/rest";
import { openLink, type Ack } from "../net/socket";
import { Chat } from "./chat";
import { Connection, type Change, type Told, type Why } from "./connection";
import { newsOf } from "./news";
import { Polls } from "./polls";
import type { Me } from "./rights";
import { createSoon } from "./soon";

export interface Waiting {
  position: number | null;
  session: PreviewSession | null;
  messages: readonly string[];
}

export type Phase =
  | { name: "connecting" }
  | { name: "consent" }
  | { name: "waiting" }
  | { name: "inside" }
  | { name: "closed"; why: Why; reason: string | null; error?: ConveneError };

export interface Floating {
  key: number;
  emoji: Reaction;
  name: string;
}

const FLOAT_MS = 4_000;
const SPOKEN_MS = 3_000;
const CAUGHT_UP_MS = 5_000;
const MOST_FLOATING = 30;
const PEOPLE_AT_ONCE = 50;

export class Room {
  readonly phase = signal<Phase>({ name: "connecting" });
  readonly isLinked = signal(true);
  readonly state = signal<RoomState | null>(null);
  readonly waiting = signal<Waiting>({ position: null, session: null, messages: [] });
  /** How many messages were caught up on after the link was lost; null: nothing to say. */
  readonly caughtUp = signal<number | null>(null);
  readonly reactions = signal<readonly Floating[]>([]);
  /** Whom the last events were about: a list that was loaded may have to be loaded anew. */
  readonly touched = signal<ReadonlySet<string>>(new Set());
  /** What is to be read out. */
  readonly spoken = signal<readonly string[]>([]);
  readonly me: ReadonlySignal<ParticipantView | null>;
  readonly rights: ReadonlySignal<Me | null>;
  readonly chat: Chat;
  readonly polls: Polls;

  readonly #client: Client;
  readonly #seat: Seat | null;
  readonly #connection: Connection;
  readonly #meId = signal<string | null>(null);
  /** Myself, whom the state of a large room need not hold. */
  readonly #own = signal<ParticipantView | null>(null);
  readonly #permissions = signal<ReadonlySet<string>>(new Set());
  #floats = 0;

  constructor(
    readonly id: string,
    client: Client,
  ) {
    this.#client = client;
    this.#seat = client.account.token.peek() ? null : seatIn(id);
    this.me = computed(() => this.state.value?.participants[this.#meId.value ?? ""] ?? this.#ownInSummary());
    this.rights = computed(() => this.#rights());
    this.chat = new Chat({
      call: (command, payload, commandId) => this.call(command, payload, commandId),
      readOlder: (before, limit) => this.#read<MessageView>("messages", { before, limit }),
      me: () => this.#meId.peek(),
    });
    this.polls = new Polls({
      call: (command, payload, commandId) => this.call(command, payload, commandId),
      readOwn: () => this.#read<OwnPollView>("polls", { limit: 100 }),
    });
    this.#connection = new Connection({
      sessionId: id,
      fields: client.router.place.peek().state.joining ?? {},
      open: (handlers) => openLink(() => this.#seat?.token ?? client.account.token.peek(), handlers),
      // A guest's token cannot be renewed; who has an account gets a fresh one.
      freshToken: () => (this.#seat ? Promise.resolve(null) : client.account.refresh()),
      told: this.#listener(),
      soon: createSoon(),
    });
  }

  call<T>(command: string, payload?: object, commandId?: string): Promise<Ack<T>> {
    return this.#connection.call<T>(command, payload, commandId);
  }

  /** Gives a command; says so if it is refused. */
  async order(command: string, payload?: object): Promise<boolean> {
    try {
      await this.call(command, payload);
      return true;
    } catch (error) {
      this.#client.toasts.complain(error);
      return false;
    }
  }

  /** Starts the session; a draft has to be made ready first. */
  async start(): Promise<void> {
    if (this.state.peek()?.session.status === "draft") {
      const { rest, toasts } = this.#client;
      await rest("POST", `/sessions/${this.id}/schedule`, { body: {} }).catch(toasts.complain);
    }
    await this.order("session:start");
  }

  /** Agrees to being recorded: in the room, or to come in. */
  consent(): void {
    if (this.phase.peek().name === "inside") void this.order("participant:consent", { consent: true });
    else this.#connection.join({ consent: true });
  }

  leave(): Promise<void> {
    return this.#connection.leave();
  }

  authenticate(token: string): void {
    if (!this.#seat) this.#connection.authenticate(token);
  }

  close(): void {
    this.#connection.close();
  }

  #rights(): Me | null {
    const [me, state] = [this.me.value, this.state.value];
    if (!me || !state) return null;
    const isAdmin = this.#client.account.user.value?.role === "admin";
    const ownerId = state.session.owner_id;
    return { id: me.id, role: me.role, isAdmin, ownerId, permissions: this.#permissions.value };
  }

  /** One page of everybody in the room whose name contains what is searched for, by name. */
  readPeople(search: string, page: number, signal: AbortSignal): Promise<Answer<ParticipantView[]>> {
    const query: Query = { present: true, sort: "name", page, limit: PEOPLE_AT_ONCE, ...(search && { q: search }) };
    return this.#ask<ParticipantView[]>("participants", query, signal);
  }

  /** Asks REST for a list that belongs to the session, as a guest if I am one. */
  async #read<T>(what: string, query: Query): Promise<T[]> {
    return (await this.#ask<T[]>(what, query)).data;
  }

  #ask<T>(what: string, query: Query, signal?: AbortSignal): Promise<Answer<T>> {
    const guest = this.#seat ? { token: this.#seat.token } : {};
    return this.#client.rest<T>("GET", `/sessions/${this.id}/${what}`, { query, ...guest, ...(signal && { signal }) });
  }

  #touch(fresh: readonly Frame[]): void {
    const ids = fresh.flatMap(({ data }) => ("participant_id" in data && data.participant_id ? [data.participant_id] : []));
    if (ids.length) this.touched.value = new Set(ids);
  }

  #listener(): Told {
    const { waiting } = this;
    return {
      linkLost: () => (this.isLinked.value = false),
      inside: (answer, missed) => this.#cameIn(answer, missed),
      waiting: (answer) => this.#isWaiting(answer),
      position: (position) => (waiting.value = { ...waiting.peek(), position }),
      waitingMessage: (text) => {
        waiting.value = { ...waiting.peek(), messages: [...waiting.peek().messages, text] };
      },
      changed: (change) => batch(() => this.#changed(change)),
      reacted: (actor, emoji) => this.#float(emoji, this.state.peek()?.participants[actor]?.display_name ?? ""),
      consentNeeded: () => (this.phase.value = { name: "consent" }),
      closed: (why, reason, error) => {
        this.phase.value = { name: "closed", why, reason, ...(error && { error }) };
      },
    };
  }

  #cameIn(answer: Welcome, missed: { messages: number; isReturn: boolean }): void {
    batch(() => {
      const wasLost = !this.isLinked.peek();
      this.#meId.value = answer.participant.id;
      this.#own.value ??= answer.participant;
      this.#permissions.value = new Set(answer.permissions);
      this.phase.value = { name: "inside" };
      this.isLinked.value = true;
      if (wasLost && missed.isReturn) this.#sayCaughtUp(missed.messages);
    });
    this.chat.resume();
    const isAsked = Object.keys(this.state.peek()?.polls ?? {}).length > 0;
    if (isAsked) this.polls.loadVotes().catch(this.#client.toasts.complain);
  }

  #sayCaughtUp(messages: number): void {
    this.caughtUp.value = messages;
    setTimeout(() => (this.caughtUp.value = null), CAUGHT_UP_MS);
  }

  #isWaiting({ participant, position, session }: Welcome): void {
    batch(() => {
      this.#meId.value = participant.id;
      this.isLinked.value = true;
      this.phase.value = { name: "waiting" };
      const before = this.waiting.peek();
      this.waiting.value = { ...before, position: position ?? null, session: session ?? before.session };
    });
  }

  /** Where everybody is told, who is not among them is not in the room. */
  #ownInSummary(): ParticipantView | null {
    return this.state.value?.roster === "summary" ? this.#own.value : null;
  }

  #changed({ state, me, fresh, before, isSnapshot }: Change): void {
    this.state.value = state;
    this.#own.value = me;
    this.#touch(fresh);
    this.chat.changed(state, fresh, isSnapshot);
    const news = newsOf(fresh, before, state, this.#meId.peek() ?? "");
    this.#say(this.chat.isShown.peek() ? news.spoken : [...news.written, ...news.spoken]);
    for (const text of news.shown) this.#client.toasts.tell(text);
  }

  #say(texts: readonly string[]): void {
    if (texts.length === 0) return;
    this.spoken.value = texts;
    // Once read out, it must not be found again by those who read through the page.
    setTimeout(() => this.spoken.peek() === texts && (this.spoken.value = []), SPOKEN_MS);
  }

  #float(emoji: Reaction, name: string): void {
    const key = (this.#floats += 1);
    const { reactions } = this;
    reactions.value = [...reactions.peek(), { key, emoji, name }].slice(-MOST_FLOATING);
    setTimeout(() => (reactions.value = reactions.peek().filter((each) => each.key !== key)), FLOAT_MS);
  }
}

/** Whether I am asked, now that somebody records: not whoever started it, and nobody twice. */
export function mustConsent({ recording, session }: RoomState, me: ParticipantView): boolean {
  if (!recording || !session.settings.recording_consent) return false;
  return me.consented_at === null && recording.started_by !== me.id;
}

export const RoomContext = createContext<Room | null>(null);

export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (!room) throw new Error("This view is not inside a RoomContext.");
  return room;
}

/** The room's parts that are there once one is inside. */
export function useInside(): { room: Room; state: RoomState; me: ParticipantView; rights: Me } {
  const room = useRoom();
  const [state, me, rights] = [room.state.value, room.me.value, room.rights.value];
  if (!state || !me || !rights) throw new Error("This view is only for people inside the room.");
  return { room, state, me, rights };
}
