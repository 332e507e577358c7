// A room that is played from its log: to the views it is a room like any other, in which nobody may do anything.

import { batch, computed, effect, signal, type ReadonlySignal } from "@preact/signals";

import type { Frame } from "../contract/events";
import type { MessageView, ParticipantView, RoomState, Uuid } from "../contract/types";
import { ConveneError } from "../net/error";
import type { Answer } from "../net/rest";
import type { Ack } from "../net/socket";
import { apply } from "../room/apply";
import { Chat } from "../room/chat";
import { EMPTY_LOG, withFrame } from "../room/chat_log";
import type { Missed } from "../room/connection";
import { newsOf } from "../room/news";
import { Polls } from "../room/polls";
import type { Me } from "../room/rights";
import { NOBODY, withDoers, type Doers } from "../room/doers";
import type { PanelTab } from "../room/panel_tab";
import type { Floating } from "../room/floating";
import type { Phase, RoomModel, Waiting } from "../room/room";
import { words } from "../words";
import { momentsOf, type Moment } from "./chapters";
import { Player } from "./player";
import { presencesOf } from "./presence";
import { recordedSpans, wholeSpan } from "./spans";
import { Tape } from "./tape";
import { nameOf } from "../words/person_name";

/** Who watches is not there. */
const SPECTATOR: ParticipantView = {
  id: "",
  user_id: null,
  display_name: "",
  role: "attendee",
  status: "left",
  language: "",
  is_muted: true,
  is_present: false,
  hand_raised_at: null,
  consented_at: null,
  joined_at: null,
  is_hidden: false,
  is_erased: false,
  avatar_url: null,
};

/** Faster than this nobody could follow what is read out. */
const FASTEST_READ_OUT = 2;
const PEOPLE_AT_ONCE = 50;
const CLOCK_STEP_MS = 1_000;

export interface ReplayOptions {
  sessionId: Uuid;
  /** The state before the first event. */
  start: RoomState;
  /** Only what this recording holds. */
  recordingId?: Uuid | null;
}

export class Replay implements RoomModel {
  readonly id: Uuid;
  readonly player = new Player();
  readonly moments = signal<readonly Moment[]>([]);
  readonly state;
  readonly clock: ReadonlySignal<number>;

  readonly phase = signal<Phase>({ name: "inside" });
  readonly isLinked = signal(true);
  readonly waiting = signal<Waiting>({ position: null, session: null, messages: [] });
  readonly caughtUp = signal<Missed | null>(null);
  readonly reactions = signal<readonly Floating[]>([]);
  readonly touched = signal<ReadonlySet<string>>(new Set());
  readonly doers = signal<Doers>(NOBODY);
  readonly pointedAt = signal<{ tab: PanelTab } | null>(null);
  readonly spoken = signal<readonly string[]>([]);
  readonly permissions = signal<ReadonlySet<string>>(new Set());
  readonly me: ReadonlySignal<ParticipantView | null> = signal(SPECTATOR);
  readonly rights: ReadonlySignal<Me | null>;
  readonly chat: Chat;
  readonly polls: Polls;

  readonly #tape: Tape;
  readonly #recordingId: Uuid | null;
  readonly #unfollow: () => void;
  /** How many events are in what is shown. */
  #shown = 0;

  constructor({ sessionId, start, recordingId = null }: ReplayOptions) {
    this.id = sessionId;
    this.#recordingId = recordingId;
    this.#tape = new Tape(start);
    this.state = signal<RoomState | null>(start);
    this.clock = computed(() => Math.floor(this.player.time.value / CLOCK_STEP_MS) * CLOCK_STEP_MS);
    // Who heard what only hosts hear also sees who waited; nobody is offered anything to do.
    const permissions = new Set(start.audience === "hosts" ? ["waiting_room:view"] : []);
    const ownerId = start.session.owner_id;
    this.rights = signal({ id: SPECTATOR.id, role: SPECTATOR.role, isAdmin: false, ownerId, permissions });
    const call = <T>(): Promise<Ack<T>> => this.call<T>();
    this.chat = new Chat({ call, readOlder: (before, limit) => this.#older(before, limit), me: () => null });
    this.polls = new Polls({ call, readOwn: () => Promise.resolve([]) });
    this.#unfollow = effect(() => this.#show(this.player.time.value));
  }

  /** More of the log has come. */
  append(frames: readonly Frame[], isLast: boolean): void {
    const from = this.#tape.length;
    this.#tape.append(frames);
    const { frames: all, times } = this.#tape;
    batch(() => {
      this.moments.value = [...this.moments.peek(), ...momentsOf(all, times, from)];
      const spans = this.#recordingId ? recordedSpans(all, times, this.#recordingId) : wholeSpan(all, times);
      this.player.feed({ spans, times, isLoading: !isLast });
      this.#show(this.player.time.peek());
    });
  }

  /** Goes to where an event of the log has just happened. */
  seekSeq(seq: number): void {
    const index = this.#tape.frames.findIndex((frame) => frame.seq >= seq);
    const time = this.#tape.times[index];
    if (time !== undefined) this.player.seekTime(time);
  }

  close(): void {
    this.#unfollow();
  }

  call<T>(): Promise<Ack<T>> {
    return Promise.reject<Ack<T>>(ConveneError.of("REPLAY", () => words.replay.readOnly));
  }

  order(): Promise<boolean> {
    return Promise.resolve(false);
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  leave(): Promise<void> {
    return Promise.resolve();
  }

  tryNow(): void {
    // Nothing is lost that lies here already.
  }

  consent(): void {
    // Whoever watches is not recorded.
  }

  authenticate(): void {
    // The log is read with the account's own token.
  }

  /** In a large room the log tells everybody who comes, so everybody can be named here. */
  readPeople(search: string, page: number): Promise<Answer<ParticipantView[]>> {
    const wanted = search.toLocaleLowerCase();
    const { frames, times } = this.#tape;
    const found = presencesOf(frames.slice(0, this.#shown), times, Infinity)
      .filter(({ person, stays }) => stays.at(-1)?.isOpen && nameOf(person).toLocaleLowerCase().includes(wanted))
      .map(({ person }) => person)
      .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
    const total = found.length;
    const totalPages = Math.max(1, Math.ceil(total / PEOPLE_AT_ONCE));
    const data = found.slice((page - 1) * PEOPLE_AT_ONCE, page * PEOPLE_AT_ONCE);
    const hasNext = page < totalPages;
    const pagination = { page, limit: PEOPLE_AT_ONCE, total, totalPages, hasNext, hasPrev: page > 1 };
    return Promise.resolve({ data, pagination });
  }

  /** Numbers are of the session as it is, not as it was. */
  readStatistics(): Promise<never> {
    return Promise.reject(ConveneError.of("REPLAY", () => words.replay.readOnly));
  }

  readPersonStatistics(): Promise<never> {
    return this.readStatistics();
  }

  readRights(): Promise<never> {
    return this.readStatistics();
  }

  /** Shows the room as it was at a moment: by its next events where it goes on, else by the state kept for it. */
  #show(timeMs: number): void {
    const count = this.#tape.countAt(timeMs);
    const before = this.state.peek();
    if (count === this.#shown) return;
    const goesOn = count > this.#shown && this.player.isPlaying.peek();
    const fresh = goesOn ? this.#tape.frames.slice(this.#shown, count) : [];
    const state = goesOn && before ? fresh.reduce(apply, before) : this.#tape.stateAfter(count);
    batch(() => {
      this.#shown = count;
      this.state.value = state;
      this.touched.value = new Set(fresh.flatMap(personIn));
      this.doers.value = withDoers(
        goesOn ? this.doers.peek() : NOBODY,
        goesOn ? fresh : this.#tape.frames.slice(0, count),
      );
      this.chat.changed(state, fresh, !goesOn);
      this.#readOut(fresh, before, state);
    });
  }

  #readOut(fresh: readonly Frame[], before: RoomState | null, after: RoomState): void {
    if (this.player.speed.peek() > FASTEST_READ_OUT) return;
    const news = newsOf(fresh, before, after, SPECTATOR.id);
    this.spoken.value = this.chat.isShown.peek() ? news.spoken : [...news.written, ...news.spoken];
  }

  /** What was said before what the state still holds, as it stood at the moment shown. */
  #older(before: number, limit: number): Promise<MessageView[]> {
    const shown = this.#tape.frames.slice(0, this.#shown).filter(({ type }) => type.startsWith("chat:"));
    const page = shown.filter(({ type, seq }) => type === "chat:sent" && seq < before).slice(-limit);
    const changes = shown.filter(({ type }) => type !== "chat:sent");
    const { messages } = [...page, ...changes].reduce(withFrame, EMPTY_LOG);
    return Promise.resolve([...messages]);
  }
}

function personIn({ data }: Frame): Uuid[] {
  return "participant_id" in data && data.participant_id ? [data.participant_id] : [];
}
