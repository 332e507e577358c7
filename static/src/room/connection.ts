// Comes into a session, stays in step with its log and comes back after every loss of the link.
// What there is to see is told through `told`; nothing here knows the screen.

import type { CatchUp, Frame, JoinAnswer, Reaction, SignalData, Welcome } from "../contract/events";
import type { JoinFields, ParticipantView, Role, RoomState, SessionStatus } from "../contract/types";
import { ConveneError } from "../net/error";
import type { Ack, Handlers, Link } from "../net/socket";
import { EVENT_TYPES, RECENT_MESSAGES, applyToPerson } from "./apply";
import { isHostRole } from "./rights";
import { after, behind, caughtUp, emptySync, heartbeat, invalidate, receive, type Step, type Sync } from "./sync";

const GAP_MS = 1_000;
const RETRY_MS = 1_000;
const LONGEST_MS = 10_000;
/** A link that was good before a sleep and has not answered by then is not good any more. */
const PROBE_MS = 4_000;
const OVER = new Set(["ended", "cancelled"]);

/** Why one is not in the room (any more). */
export type Why =
  | "ended"
  | "cancelled"
  | "left"
  | "kicked"
  | "banned"
  | "declined"
  | "failed"
  | "signedOut"
  | "signInAgain"
  | "expired";

export interface Change {
  state: RoomState;
  /** Myself as I am now. */
  me: ParticipantView | null;
  fresh: readonly Frame[];
  before: RoomState | null;
  isSnapshot: boolean;
}

/** What a host has said to those who wait. */
export interface Heard {
  text: string;
  from: string | null;
  at: string;
}

/** What came while one was away. */
export interface Missed {
  messages: number;
  /** There were at least so many: the oldest are not part of what is told. */
  isMore: boolean;
  /** One was in before. */
  isReturn: boolean;
}

export interface Told {
  linkLost: () => void;
  inside: (answer: Welcome, missed: Missed) => void;
  waiting: (answer: Welcome) => void;
  position: (position: number) => void;
  waitingMessage: (heard: Heard) => void;
  /** How the session stands that one waits for. */
  waitingStatus: (status: SessionStatus) => void;
  /** Everything that has changed, and the new events that did it. */
  changed: (change: Change) => void;
  reacted: (actor: string, emoji: Reaction) => void;
  /** Being recorded has to be agreed to before one comes in. */
  consentNeeded: () => void;
  closed: (why: Why, reason: string | null, error?: ConveneError) => void;
}

export interface ConnectionOptions {
  sessionId: string;
  fields: JoinFields;
  open: (handlers: Handlers) => Link;
  /** Gets a fresh token when the present one is refused; null: nobody is signed in. */
  freshToken: () => Promise<string | null>;
  told: Told;
  /** Runs the work once before the next picture, however often it is asked for. */
  soon: (work: () => void) => void;
}

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #told: Told;
  readonly #link: Link;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #sync: Sync = emptySync();
  #fields: JoinFields;
  #me: ParticipantView | null = null;
  /** My role as the events told it so far. */
  #role: Role | null = null;
  #isInside = false;
  #isClosed = false;
  #isJoining = false;
  #mustJoinAgain = false;
  #queue: Frame[] = [];
  #gapTimer: ReturnType<typeof setTimeout> | undefined;
  #gapDelayMs = GAP_MS;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#told = options.told;
    this.#fields = options.fields;
    this.#link = options.open({
      connected: () => void this.#join(),
      disconnected: (byServer) => this.#lost(byServer),
      refused: (error) => this.#refused(error),
    });
    this.#listen();
    this.#link.connect();
  }

  /** Gives a command about this session. */
  async call<T>(command: string, payload: object = {}, commandId?: string): Promise<Ack<T>> {
    const ack = await this.#link.call<T>(command, { session_id: this.#options.sessionId, ...payload }, commandId);
    // The ack names the log's head: should its event get lost on the way, we know that it is missing.
    if (ack.seq !== undefined) this.#commit({ sync: heartbeat(this.#sync, this.#sync.epoch, ack.seq), applied: [] });
    return ack;
  }

  /** Joins (again), saying this as well. */
  join(fields: JoinFields): void {
    this.#fields = { ...this.#fields, ...fields };
    void this.#join();
  }

  async leave(): Promise<void> {
    // Whoever wants to go goes, whether the server hears it or not.
    await this.#link.call("session:leave", { session_id: this.#options.sessionId }).catch(() => undefined);
    this.#end("left");
  }

  /** Shows a fresh token before the old one runs out, so that the link stays open. */
  authenticate(token: string): void {
    this.#link.call("connection:authenticate", { token }).catch(() => undefined);
  }

  /** The page has come back; the link may be gone without our knowing. After a sleep, it surely was once. */
  wake(hasSlept: boolean): void {
    if (this.#isClosed) return;
    if (!this.#link.isConnected) return this.#link.retry();
    if (!hasSlept) return;
    void this.#join();
    this.#later(() => this.#isJoining && this.#link.retry(), PROBE_MS);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#gapTimer);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#link.close();
  }

  #listen(): void {
    const on = <M>(type: string, handle: (message: M) => void): void =>
      this.#link.on(type, handle as (message: never) => void);
    const isOurs = (message: { session_id: string }): boolean =>
      message.session_id === this.#options.sessionId && !this.#isClosed;
    // On the wire the type is the message's name and not repeated in it.
    for (const type of EVENT_TYPES) {
      on<Omit<Frame, "type">>(type, (body) => isOurs(body) && this.#take({ ...body, type } as Frame));
    }
    on<SignalData["session:heartbeat"]>("session:heartbeat", (beat) => {
      if (isOurs(beat) && this.#isInside)
        this.#commit({ sync: heartbeat(this.#sync, beat.epoch, beat.seq), applied: [] });
    });
    on<SignalData["waiting_room:position"]>("waiting_room:position", (signal) => {
      if (isOurs(signal) && !this.#isInside) this.#told.position(signal.data.position);
    });
    on<SignalData["waiting_room:status"]>("waiting_room:status", (signal) => {
      if (isOurs(signal) && !this.#isInside) this.#told.waitingStatus(signal.data.status);
    });
    on<SignalData["reaction:sent"]>("reaction:sent", (signal) => {
      if (isOurs(signal)) this.#told.reacted(signal.actor, signal.data.emoji);
    });
  }

  #later(work: () => void, delayMs: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#isClosed) work();
    }, delayMs);
    this.#timers.add(timer);
  }

  #end(why: Why, reason: string | null = null, error?: ConveneError): void {
    if (this.#isClosed) return;
    this.close();
    this.#told.closed(why, reason, error);
  }

  #lost(byServer: boolean): void {
    if (this.#isClosed) return;
    this.#told.linkLost();
    // Cut by the server, the link does not come back by itself. Why it was cut, the answer to coming back will say.
    if (byServer) this.#later(() => this.#link.connect(), RETRY_MS);
  }

  #refused(error: ConveneError): void {
    if (error.status === 401) void this.#renew();
    else this.#later(() => this.#link.connect(), retryAfter(error));
  }

  async #renew(): Promise<void> {
    const token = await this.#options.freshToken();
    if (this.#isClosed) return;
    if (token) this.#later(() => this.#link.connect(), RETRY_MS);
    else this.#end("signedOut");
  }

  async #join(): Promise<void> {
    if (this.#isClosed || !this.#link.isConnected) return;
    if (this.#isJoining) {
      this.#mustJoinAgain = true;
      return;
    }
    this.#isJoining = true;
    const known = after(this.#sync);
    const payload = { session_id: this.#options.sessionId, ...this.#fields, ...(known && { after: known }) };
    const outcome = await this.#link.call<JoinAnswer>("session:join", payload).catch((error: unknown) => error);
    this.#isJoining = false;
    if (this.#isClosed) return;
    if (outcome instanceof ConveneError) this.#refusedToJoin(outcome);
    else if (outcome instanceof Error) throw outcome;
    else this.#cameIn((outcome as Ack<JoinAnswer>).data);
    if (this.#mustJoinAgain) {
      this.#mustJoinAgain = false;
      void this.#join();
    }
  }

  #cameIn(answer: JoinAnswer): void {
    this.#me = answer.participant;
    this.#role = answer.participant.role;
    // Said once; later I may have chosen otherwise.
    this.#fields = this.#fields.consent ? { consent: true } : {};
    this.#isInside = answer.status === "approved";
    if (answer.status === "pending") return this.#told.waiting(answer);
    const { state: before, seq } = this.#sync;
    const step = caughtUp(this.#sync, answer);
    const missed = missedSince(step.sync, before ? seq : null, answer.participant.id);
    this.#commit(step, Boolean(answer.state));
    if (!this.#isClosed) this.#told.inside(answer, missed);
  }

  #refusedToJoin(error: ConveneError): void {
    if (error.isSilence || error.status === 429) return this.#later(() => void this.#join(), retryAfter(error));
    if (error.code === "CONSENT_REQUIRED") return this.#told.consentNeeded();
    if (error.code === "PARTICIPANT_REMOVED") return this.#end("kicked", null, error);
    if (error.code === "PARTICIPANT_BANNED") return this.#end("banned", null, error);
    if (error.code === "PARTICIPANT_DECLINED") return this.#end("declined", null, error);
    if (error.status === 401) return void this.#renew();
    this.#end("failed", null, error);
  }

  #take(frame: Frame): void {
    const isAboutMe = "participant_id" in frame.data && frame.data.participant_id === this.#me?.id;
    if (isAboutMe && frame.type === "participant:kicked") return this.#end("kicked", frame.data.reason);
    if (isAboutMe && frame.type === "participant:banned") return this.#end("banned", frame.data.reason);
    if (!this.#isInside) this.#hearAtTheDoor(frame, isAboutMe);
    // Who waits hears some things that have no place in the log.
    if (frame.seq === undefined) return;
    this.#queue.push(frame);
    this.#options.soon(this.#flush);
  }

  #hearAtTheDoor(frame: Frame, isAboutMe: boolean): void {
    if (frame.type === "waiting_room:messaged") {
      const { text, display_name: from } = frame.data;
      this.#told.waitingMessage({ text, from, at: frame.at });
    }
    if (isAboutMe && frame.type === "participant:approved") void this.#join();
    if (isAboutMe && frame.type === "participant:declined") this.#end(...whyDeclined(frame.data.reason));
  }

  readonly #flush = (): void => {
    if (this.#isClosed || this.#queue.length === 0) return;
    const frames = this.#queue;
    this.#queue = [];
    this.#commit(receive(this.#sync, frames));
  };

  #commit(step: Step, isSnapshot = false): void {
    const before = this.#sync;
    this.#sync = step.sync;
    const { state } = step.sync;
    const fresh = step.applied.filter((frame) => frame.seq > before.seq);
    for (const frame of step.applied) {
      if (state && this.#me) this.#me = applyToPerson(state, this.#me, frame);
    }
    if (state && (step.applied.length || isSnapshot)) {
      this.#told.changed({ state, me: this.#me, fresh, before: before.state, isSnapshot });
    }
    for (const frame of step.applied) this.#ownChange(frame);
    this.#watchGap();
    if (state && OVER.has(state.session.status)) this.close();
  }

  #ownChange(frame: Frame): void {
    const me = this.#me;
    if (!me) return;
    if (frame.type === "participant:role_changed" && frame.data.participant_id === me.id) {
      const hasCrossed = isHostRole(this.#role ?? me.role) !== isHostRole(frame.data.role);
      this.#role = frame.data.role;
      // Joining again tells what I may do now; what I may hear comes with the whole state.
      if (hasCrossed) this.#sync = invalidate(this.#sync);
      void this.#join();
    }
    // What I may do now is told to whoever joins.
    if (frame.type === "participant:permissions_changed" && frame.data.participant_id === me.id) void this.#join();
    // Another window of mine has left; or I was thought lost, and am not.
    const isGone = frame.type === "participant:left" && frame.data.participant_id === me.id;
    if (!isGone || !this.#isInside || me.is_present) return;
    if (frame.data.reason === "lost") void this.#join();
    else this.#end("left");
  }

  #watchGap(): void {
    if (behind(this.#sync)) {
      this.#gapTimer ??= setTimeout(() => void this.#repair(), this.#gapDelayMs);
      return;
    }
    clearTimeout(this.#gapTimer);
    this.#gapTimer = undefined;
    this.#gapDelayMs = GAP_MS;
  }

  async #repair(): Promise<void> {
    const known = after(this.#sync);
    const payload = { session_id: this.#options.sessionId, ...(known && { after: known }) };
    const outcome = await this.#link.call<CatchUp>("session:sync", payload).catch((error: unknown) => error);
    if (this.#isClosed) return;
    this.#gapTimer = undefined;
    this.#gapDelayMs = Math.min(this.#gapDelayMs * 2, LONGEST_MS);
    if (outcome instanceof ConveneError) {
      if (outcome.code === "NOT_JOINED") return this.#join();
      return this.#watchGap();
    }
    if (outcome instanceof Error) throw outcome;
    const { data } = outcome as Ack<CatchUp>;
    if (data.participant) this.#me = data.participant;
    this.#commit(caughtUp(this.#sync, data), Boolean(data.state));
  }
}

function retryAfter(error: ConveneError): number {
  const seconds = Number(error.details.retry_after_s);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : RETRY_MS;
}

/** Who still waits when a session is over hears so as a refusal. */
function whyDeclined(reason: string | null): [Why, string | null] {
  if (reason === "session:ended") return ["ended", null];
  if (reason === "session:cancelled") return ["cancelled", null];
  return ["declined", reason];
}

/** What others wrote while the link was down; `since` is null for who was not in before. */
function missedSince({ state }: Sync, since: number | null, me: string): Missed {
  if (since === null || !state) return { messages: 0, isMore: false, isReturn: false };
  const later = state.messages.filter((each) => each.seq > since);
  const messages = later.filter((each) => each.participant_id !== me).length;
  return { messages, isMore: later.length >= RECENT_MESSAGES, isReturn: true };
}
