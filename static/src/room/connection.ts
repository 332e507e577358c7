// Comes into a session, stays in step with its log and comes back after every loss of the link.
// What there is to see is told through `told`; nothing here knows the screen.

import type { CatchUp, Frame, SignalData } from "../contract/events";
import type { JoinFields, ParticipantView, PreviewSession, Reaction, RoomState } from "../contract/types";
import { ConveneError } from "../net/error";
import type { Ack, Handlers, Link } from "../net/socket";
import { EVENT_TYPES } from "./apply";
import { after, behind, caughtUp, emptySync, heartbeat, invalidate, receive, type Step, type Sync } from "./sync";
import { isHostRole } from "./rights";

const GAP_MS = 1_000;
const RETRY_MS = 1_000;
const LONGEST_MS = 10_000;
const OVER = new Set(["ended", "cancelled"]);

export type Why =
  "ended" | "cancelled" | "left" | "kicked" | "banned" | "declined" | "failed" | "signedOut" | "elsewhere";

interface JoinedFields {
  participant: ParticipantView;
  permissions: string[];
  position?: number | null;
  session?: PreviewSession | null;
}

/** The ack of session:join. */
type JoinAnswer = JoinedFields & ({ status: "pending" } | ({ status: "approved" } & CatchUp));

export interface Told {
  connecting: () => void;
  linkLost: () => void;
  inside: (answer: JoinedFields, missed: { messages: number; isReturn: boolean }) => void;
  waiting: (answer: JoinedFields) => void;
  position: (position: number) => void;
  waitingMessage: (text: string) => void;
  /** Everything that has changed, and the new events that did it. */
  changed: (state: RoomState, fresh: readonly Frame[], before: RoomState | null, isSnapshot: boolean) => void;
  reacted: (actor: string, emoji: Reaction) => void;
  /** Being recorded has to be agreed to before one comes in. */
  consentNeeded: () => void;
  closed: (why: Why, reason: string | null, error?: ConveneError) => void;
}

export interface Connection {
  call: <T>(command: string, payload?: object, commandId?: string) => Promise<Ack<T>>;
  join: (fields?: JoinFields) => void;
  leave: () => Promise<void>;
  authenticate: (token: string) => void;
  close: () => void;
}

interface Options {
  sessionId: string;
  fields: JoinFields;
  open: (handlers: Handlers) => Link;
  /** Gets a fresh token when the present one is refused; null: nobody is signed in. */
  freshToken: () => Promise<string | null>;
  told: Told;
  /** Runs the work once before the next picture, however often it is asked for. */
  soon: (work: () => void) => void;
}

export function connect({ sessionId, open, freshToken, told, soon, ...options }: Options): Connection {
  let sync: Sync = emptySync();
  let fields = options.fields;
  let me: ParticipantView | null = null;
  let isInside = false;
  let isClosed = false;
  let isJoining = false;
  let isAskingFor = 0;
  let queue: Frame[] = [];
  let gapTimer: ReturnType<typeof setTimeout> | undefined;
  let gapDelay = GAP_MS;
  const timers = new Set<ReturnType<typeof setTimeout>>();

  const link = open({
    connected: () => void join(),
    disconnected: (byServer) => {
      if (isClosed) return;
      told.linkLost();
      if (byServer) void renew();
    },
    refused: (error) => void (error.status === 401 ? renew() : later(() => link.connect(), retryAfter(error))),
  });

  function later(work: () => void, delayMs: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!isClosed) work();
    }, delayMs);
    timers.add(timer);
  }

  function close(): void {
    isClosed = true;
    clearTimeout(gapTimer);
    for (const timer of timers) clearTimeout(timer);
    link.close();
  }

  function end(why: Why, reason: string | null = null, error?: ConveneError): void {
    if (isClosed) return;
    close();
    told.closed(why, reason, error);
  }

  async function renew(): Promise<void> {
    const token = await freshToken();
    if (isClosed) return;
    if (token) later(() => link.connect(), RETRY_MS);
    else end("signedOut");
  }

  async function call<T>(command: string, payload: object = {}, commandId?: string): Promise<Ack<T>> {
    const ack = await link.call<T>(command, { session_id: sessionId, ...payload }, commandId);
    // The ack names the log's head: should its event get lost on the way, we know that it is missing.
    if (ack.seq !== undefined) commit({ sync: heartbeat(sync, sync.epoch, ack.seq), applied: [] });
    return ack;
  }

  async function join(): Promise<void> {
    if (isJoining || isClosed || !link.isConnected) return;
    isJoining = true;
    const known = after(sync);
    const payload = { session_id: sessionId, ...fields, ...(known && { after: known }) };
    const outcome = await link.call<JoinAnswer>("session:join", payload).catch((error: unknown) => error);
    isJoining = false;
    if (isClosed) return;
    if (outcome instanceof ConveneError) refusedToJoin(outcome);
    else if (outcome instanceof Error) throw outcome;
    else cameIn((outcome as Ack<JoinAnswer>).data);
  }

  function cameIn(answer: JoinAnswer): void {
    me = answer.participant;
    // Said once; later I may have chosen otherwise.
    fields = fields.consent === undefined ? {} : { consent: fields.consent };
    if (answer.status === "pending") {
      isInside = false;
      told.waiting(answer);
      return;
    }
    const { state: before, seq } = sync;
    isInside = true;
    const step = caughtUp(sync, answer);
    const missed = before ? missedMessages(step.sync, seq, me.id) : 0;
    commit(step, answer.state !== undefined);
    told.inside(answer, { messages: missed, isReturn: before !== null });
  }

  function refusedToJoin(error: ConveneError): void {
    if (error.isSilence || error.status === 429) return later(() => void join(), retryAfter(error));
    if (error.code === "CONSENT_REQUIRED") return told.consentNeeded();
    if (error.code === "PARTICIPANT_REMOVED") return end("kicked", null, error);
    if (error.code === "PARTICIPANT_BANNED") return end("banned", null, error);
    if (error.code === "PARTICIPANT_DECLINED") return end("declined", null, error);
    if (error.status === 401) return void renew();
    end("failed", null, error);
  }

  function take(frame: Frame): void {
    if (frame.session_id !== sessionId || isClosed) return;
    const isAboutMe = me !== null && "participant_id" in frame.data && frame.data.participant_id === me.id;
    if (isAboutMe && frame.type === "participant:kicked") return end("kicked", frame.data.reason);
    if (isAboutMe && frame.type === "participant:banned") return end("banned", frame.data.reason);
    if (!isInside && isAboutMe && frame.type === "participant:approved") return void join();
    if (!isInside && isAboutMe && frame.type === "participant:declined") return end(...whyDeclined(frame.data.reason));
    if (!isInside && frame.type === "waiting_room:messaged") return told.waitingMessage(frame.data.text);
    if (frame.seq === undefined) return;
    queue.push(frame);
    soon(flush);
  }

  function flush(): void {
    if (isClosed || queue.length === 0) return;
    const frames = queue;
    queue = [];
    commit(receive(sync, frames));
  }

  function commit(step: Step, isSnapshot = false): void {
    const before = sync;
    sync = step.sync;
    const fresh = step.applied.filter((frame) => frame.seq > before.seq);
    if (sync.state && (step.applied.length || isSnapshot)) told.changed(sync.state, fresh, before.state, isSnapshot);
    for (const frame of step.applied) ownChange(frame);
    watchGap();
    if (sync.state && OVER.has(sync.state.session.status)) close();
  }

  function ownChange(frame: Frame): void {
    if (!me) return;
    if (frame.type === "participant:role_changed" && frame.data.participant_id === me.id) {
      const crossed = isHostRole(me.role) !== isHostRole(frame.data.role);
      me = { ...me, role: frame.data.role };
      // Joining again tells what I may do now; what I may hear comes with the whole state.
      if (crossed) sync = invalidate(sync);
      void join();
    }
    // Another window of mine has left.
    if (frame.type === "participant:left" && frame.data.participant_id === me.id && !sync.state?.participants[me.id])
      end("left");
  }

  function watchGap(): void {
    if (!behind(sync)) {
      clearTimeout(gapTimer);
      gapTimer = undefined;
      gapDelay = GAP_MS;
      return;
    }
    gapTimer ??= setTimeout(() => void repair(), gapDelay);
  }

  async function repair(): Promise<void> {
    const mine = ++isAskingFor;
    const known = after(sync);
    const ask = link.call<CatchUp>("session:sync", { session_id: sessionId, ...(known && { after: known }) });
    const outcome = await ask.catch((error: unknown) => error);
    if (isClosed || mine !== isAskingFor) return;
    gapTimer = undefined;
    gapDelay = Math.min(gapDelay * 2, LONGEST_MS);
    if (outcome instanceof ConveneError) {
      if (outcome.code === "NOT_JOINED") return void join();
      return watchGap();
    }
    if (outcome instanceof Error) throw outcome;
    const { data } = outcome as Ack<CatchUp>;
    commit(caughtUp(sync, data), data.state !== undefined);
  }

  // On the wire the type is the message's name and not repeated in it.
  for (const type of EVENT_TYPES)
    link.on(type, ((body: Omit<Frame, "type">) => take({ ...body, type } as Frame)) as (message: never) => void);
  link.on("session:heartbeat", ((beat: SignalData["session:heartbeat"]) => {
    if (beat.session_id === sessionId && isInside && !isClosed) {
      commit({ sync: heartbeat(sync, beat.epoch, beat.seq), applied: [] });
    }
  }) as (message: never) => void);
  link.on("waiting_room:position", ((told_: SignalData["waiting_room:position"]) => {
    if (told_.session_id === sessionId && !isInside) told.position(told_.data.position);
  }) as (message: never) => void);
  link.on("reaction:sent", ((signal: SignalData["reaction:sent"]) => {
    if (signal.session_id === sessionId) told.reacted(signal.actor, signal.data.emoji);
  }) as (message: never) => void);

  told.connecting();
  link.connect();

  return {
    call,
    join: (more) => {
      fields = { ...fields, ...more };
      void join();
    },
    leave: async () => {
      const goodbye = link.call("session:leave", { session_id: sessionId });
      // Whoever wants to go goes, whether the server hears it or not.
      await goodbye.catch(() => undefined);
      end("left");
    },
    authenticate: (token) => void link.call("connection:authenticate", { token }).catch(() => undefined),
    close,
  };
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

/** How many messages of others came while the link was down. */
function missedMessages(sync: Sync, since: number, me: string): number {
  return (sync.state?.messages ?? []).filter((each) => each.seq > since && each.participant_id !== me).length;
}
