// One room as the views see it: signals of what is, and the commands one can give.

import { batch, computed, signal, useComputed, type ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

import type { Client } from "../client";
import type { Frame, Reaction, Welcome } from "../contract/events";
import type {
  MessageView,
  NotificationSettings,
  OwnPollView,
  ParticipantView,
  PollView,
  PreviewSession,
  RecordingView,
  RoleView,
  RoomState,
} from "../contract/types";
import { giveUpSeat, seatIn, type Seat } from "../join/seat";
import { onAwake } from "../net/awake";
import { ConveneError } from "../net/error";
import type { Answer, Query } from "../net/rest";
import { askTime } from "../net/server_clock";
import { openLink, type Ack } from "../net/socket";
import { createCall, DEFAULT_SETTINGS, showOutside, type Call } from "../notices/notices";
import { chime } from "../notices/sound";
import { words } from "../words";
import { Chat } from "./chat";
import { keepChat } from "./chat_keeping";
import { Connection, type Change, type Heard, type Missed, type Told, type Why } from "./connection";
import { NOBODY, withDoers, type Doers } from "./doers";
import { withReaction, type Floating } from "./floating";
import { newsOf } from "./news";
import type { PanelTab } from "./panel_tab";
import { Polls } from "./polls";
import type { Me } from "./rights";
import type { ExplainedPermission } from "./rights_draft";
import { createSoon, type Soon } from "./soon";
import type { SessionStatistics, PersonStatistics, StatisticsSort } from "./statistics";

export type { Heard };

export interface Waiting {
  position: number | null;
  session: PreviewSession | null;
  messages: readonly Heard[];
}

export type Phase =
  | { name: "connecting" }
  | { name: "consent" }
  | { name: "waiting" }
  | { name: "inside" }
  | { name: "closed"; why: Why; reason: string | null; error?: ConveneError; code?: string };

const FLOAT_MS = 4_000;
const SPOKEN_MS = 3_000;
const CAUGHT_UP_MS = 5_000;
/** A link that is back by then was not worth a word. */
export const LINK_GRACE_MS = 1_500;
const PEOPLE_AT_ONCE = 50;

export class Room {
  readonly phase = signal<Phase>({ name: "connecting" });
  readonly isLinked = signal(true);
  readonly state = signal<RoomState | null>(null);
  readonly waiting = signal<Waiting>({ position: null, session: null, messages: [] });
  /** How many messages were caught up on after the link was lost; null: nothing to say. */
  readonly caughtUp = signal<Missed | null>(null);
  readonly reactions = signal<readonly Floating[]>([]);
  /** Whom the last events were about: a list that was loaded may have to be loaded anew. */
  readonly touched = signal<ReadonlySet<string>>(new Set());
  /** Who did what still holds, as far as it has been heard here. */
  readonly doers = signal<Doers>(NOBODY);
  /** The part of the side panel that a note leads to, until it is shown. */
  readonly pointedAt = signal<{ tab: PanelTab } | null>(null);
  /** What is to be read out. */
  readonly spoken = signal<readonly string[]>([]);
  /** What I may do, and may still ask about once the session is over. */
  readonly permissions = signal<ReadonlySet<string>>(new Set());
  readonly me: ReadonlySignal<ParticipantView | null>;
  readonly rights: ReadonlySignal<Me | null>;
  readonly chat: Chat;
  readonly polls: Polls;

  readonly #client: Client;
  readonly #seat: Seat | null;
  readonly #connection: Connection;
  readonly #stopListening: () => void;
  readonly #tellBeyond: Call;
  readonly #meId = signal<string | null>(null);
  /** Myself, whom the state of a large room need not hold. */
  readonly #own = signal<ParticipantView | null>(null);
  #lostAt = 0;
  readonly #ownerId = computed(() => this.state.value?.session.owner_id);
  #floats = 0;
  /** What floats from the next picture on. */
  #rising: Floating[] = [];
  readonly #soon: Soon = createSoon();

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
      keeping: keepChat(id),
    });
    this.polls = new Polls({
      call: (command, payload, commandId) => this.call(command, payload, commandId),
      readOwn: () => this.#read<OwnPollView>("polls", { limit: 100 }),
    });
    this.#tellBeyond = createCall({
      isHidden: () => document.hidden,
      settings: () => this.#wanted(),
      show: showOutside,
      chime,
      now: () => performance.now(),
    });
    this.#connection = new Connection({
      sessionId: id,
      fields: client.router.place.peek().state.joining ?? {},
      open: (handlers) => openLink(() => this.#seat?.token ?? client.account.token.peek(), handlers),
      // A guest's token cannot be renewed; who has an account gets a fresh one.
      freshToken: () => (this.#seat ? Promise.resolve(null) : client.account.refresh()),
      told: this.#listener(),
      soon: this.#soon,
    });
    this.#stopListening = onAwake((hasSlept) => this.#connection.wake(hasSlept));
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
      // Who ends a session may hear of its end before the answer.
      const isOver = this.state.peek()?.session.status === "ended";
      if (isOver && error instanceof ConveneError && error.isSilence) return true;
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

  /** Does not wait until the link is next tried. */
  tryNow(): void {
    this.#connection.wake(false);
  }

  close(): void {
    this.#stopListening();
    this.chat.close();
    this.#connection.close();
  }

  #rights(): Me | null {
    const [me, ownerId] = [this.me.value, this.#ownerId.value];
    if (!me || ownerId === undefined) return null;
    const isAdmin = this.#client.account.user.value?.permissions.includes("admin:sessions") ?? false;
    return { id: me.id, role: me.role, isAdmin, ownerId, permissions: this.permissions.value };
  }

  /** One page of everybody in the room whose name contains what is searched for, by name. */
  readPeople(search: string, page: number, signal: AbortSignal): Promise<Answer<ParticipantView[]>> {
    const query: Query = { present: true, sort: "name", page, limit: PEOPLE_AT_ONCE, ...(search && { q: search }) };
    return this.#ask<ParticipantView[]>("participants", query, signal);
  }

  /** The session in numbers. */
  async readStatistics(signal: AbortSignal): Promise<SessionStatistics> {
    return (await this.#ask<SessionStatistics>("statistics", {}, signal)).data;
  }

  /** One page of everybody who has been here, in numbers. */
  readPersonStatistics(sort: StatisticsSort, page: number, signal: AbortSignal): Promise<Answer<PersonStatistics[]>> {
    return this.#ask<PersonStatistics[]>("statistics/people", { sort, page, limit: PEOPLE_AT_ONCE }, signal);
  }

  /** What somebody may do and why; and every role, or null: the tenant's own are told to accounts only. */
  async readRights(
    id: string,
    signal: AbortSignal,
  ): Promise<{ explained: ExplainedPermission[]; roles: RoleView[] | null }> {
    const [explained, roles] = await Promise.all([
      this.#ask<ExplainedPermission[]>("permissions", { participant_id: id }, signal),
      this.#seat ? { data: null } : this.#client.rest<RoleView[]>("GET", "/roles", { signal }),
    ]);
    return { explained: explained.data, roles: roles.data };
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
    const ids = fresh.flatMap(({ data }) =>
      "participant_id" in data && data.participant_id ? [data.participant_id] : [],
    );
    if (ids.length) this.touched.value = new Set(ids);
  }

  #listener(): Told {
    const { waiting } = this;
    return {
      linkLost: () => this.#linkLost(),
      inside: (answer, missed) => this.#cameIn(answer, missed),
      waiting: (answer) => this.#isWaiting(answer),
      position: (position) => (waiting.value = { ...waiting.peek(), position }),
      waitingMessage: (heard) => {
        waiting.value = { ...waiting.peek(), messages: [...waiting.peek().messages, heard] };
      },
      waitingStatus: (status) => {
        const before = waiting.peek();
        if (before.session) waiting.value = { ...before, session: { ...before.session, status } };
      },
      changed: (change) => batch(() => this.#changed(change)),
      reacted: (actor, emoji) => this.#float(emoji, this.state.peek()?.participants[actor]?.display_name ?? ""),
      consentNeeded: () => (this.phase.value = { name: "consent" }),
      closed: (why, reason, error) => this.#closed(why, reason, error),
    };
  }

  #cameIn(answer: Welcome, missed: Missed): void {
    batch(() => {
      const wasLost = !this.isLinked.peek() && performance.now() - this.#lostAt > LINK_GRACE_MS;
      this.#meId.value = answer.participant.id;
      this.#own.value ??= answer.participant;
      this.permissions.value = new Set(answer.permissions);
      this.phase.value = { name: "inside" };
      this.isLinked.value = true;
      if (missed.isReturn && (wasLost || missed.messages > 0)) this.#sayCaughtUp(missed);
    });
    void askTime();
    this.chat.resume();
    const isAsked = Object.keys(this.state.peek()?.polls ?? {}).length > 0;
    if (isAsked) this.polls.loadVotes().catch(this.#client.toasts.complain);
  }

  #closed(why: Why, reason: string | null, error?: ConveneError): void {
    // A guest's place cannot be renewed: kept, it would lead them back here again and again.
    if (why === "signedOut" && this.#seat) {
      giveUpSeat(this.id);
      this.phase.value = { name: "closed", why: "expired", reason, code: this.#seat.code };
      return;
    }
    this.phase.value = { name: "closed", why, reason, ...(error && { error }) };
  }

  #linkLost(): void {
    if (this.isLinked.peek()) this.#lostAt = performance.now();
    this.isLinked.value = false;
  }

  #sayCaughtUp(missed: Missed): void {
    this.caughtUp.value = missed;
    setTimeout(() => this.caughtUp.peek() === missed && (this.caughtUp.value = null), CAUGHT_UP_MS);
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
    this.doers.value = withDoers(this.doers.peek(), fresh);
    this.chat.changed(state, fresh, isSnapshot);
    const news = newsOf(fresh, before, state, this.#meId.peek() ?? "", this.#wanted());
    const isReading = this.chat.isShown.peek();
    // Of messages that one sees come, no sound is needed.
    const written = isReading && !document.hidden ? [] : news.written;
    this.#tellBeyond(state.session.title, [...written, ...news.calls]);
    this.#say([...(isReading ? news.readOut : news.written), ...news.spoken]);
    for (const say of news.shown) this.#client.toasts.tell(say);
    for (const poll of news.asked) this.#tellAsked(poll);
  }

  /** With the way to it, as long as one may still vote there. */
  #tellAsked({ id, question }: PollView): void {
    const say = (): string => words.announce.asked(question);
    const isOver = (): boolean => {
      const state = this.phase.value.name === "inside" ? this.state.value : null;
      const isOpen = state?.session.status !== "ended" && state?.polls[id]?.closed_at === null;
      return !isOpen || id in this.polls.votes.value;
    };
    if (!this.permissions.peek().has("poll:vote")) return this.#client.toasts.tell(say);
    const run = (): void => void (this.pointedAt.value = { tab: "polls" });
    this.#client.toasts.tell(say, { label: () => words.polls.show, run, isOver });
  }

  /** What of it I want to be told; chosen in another tab, it holds here as well. */
  #wanted(): NotificationSettings {
    const { account, preferences } = this.#client;
    return account.user.peek() ? preferences.current.peek().notifications : DEFAULT_SETTINGS;
  }

  #say(texts: readonly string[]): void {
    if (texts.length === 0) return;
    this.spoken.value = texts;
    // Once read out, it must not be found again by those who read through the page.
    setTimeout(() => this.spoken.peek() === texts && (this.spoken.value = []), SPOKEN_MS);
  }

  #float(emoji: Reaction, name: string): void {
    this.#rising.push({ key: (this.#floats += 1), emoji, name, count: 1, at: performance.now() });
    this.#soon(this.#rise);
  }

  readonly #rise = (): void => {
    const { reactions } = this;
    const keys = new Set(this.#rising.map((each) => each.key));
    reactions.value = this.#rising.reduce(withReaction, reactions.peek());
    this.#rising = [];
    setTimeout(() => (reactions.value = reactions.peek().filter((each) => !keys.has(each.key))), FLOAT_MS);
  };
}

/** Whether I am asked, now that somebody records: not whoever started it, and nobody twice. */
export function mustConsent(recording: RecordingView, isAsked: boolean, me: ParticipantView): boolean {
  return isAsked && me.consented_at === null && recording.started_by !== me.id;
}

/** What the views know of a room: a live one has it, and so has one that is played from its log. */
export type RoomModel = Pick<Room, keyof Room>;

export const RoomContext = createContext<RoomModel | null>(null);

export function useRoom(): RoomModel {
  const room = useContext(RoomContext);
  if (!room) throw new Error("This view is not inside a RoomContext.");
  return room;
}

/** One part of the room's state. Who reads only it is not drawn anew for what happens elsewhere in the room. */
export function usePart<T>(of: (state: RoomState) => T): T {
  const { state } = useRoom();
  const part = useComputed(() => (state.value ? of(state.value) : null)).value;
  if (part === null && !state.peek()) throw new Error("This view is only for people inside the room.");
  return part as T;
}

/** Oneself, and what one may do. */
export function useRights(): { me: ParticipantView; rights: Me } {
  const room = useRoom();
  const [me, rights] = [room.me.value, room.rights.value];
  if (!me || !rights) throw new Error("This view is only for people inside the room.");
  return { me, rights };
}
