// Keeps a room's state in step with its log, whatever order things arrive in. Pure: every function gives a new Sync
// and what happened; the clock, the socket and the screen are the caller's.
//
// The rules: what is not later than the last applied event is dropped, the next one is applied, anything later is held
// until the gap before it is closed. Whatever is still missing after a moment has to be asked for (`behind`).

import type { CatchUp, Frame } from "../contract/events";
import type { RoomState } from "../contract/types";
import { apply } from "./apply";

/** How many applied events are kept, to bring a snapshot that was taken a moment ago up to the present. */
const REPLAY_LIMIT = 1_000;
const HELD_LIMIT = 10_000;

export interface Sync {
  /** The name of the log's present life; "" before the first answer. */
  readonly epoch: string;
  /** The last applied event; -1 before the first state. */
  readonly seq: number;
  /** The latest event that is known to exist. */
  readonly head: number;
  readonly state: RoomState | null;
  readonly held: ReadonlyMap<number, Frame>;
  readonly replay: readonly Frame[];
  /** The log has begun another life, or our rights have changed: only a whole state will do. */
  readonly stale: boolean;
}

export interface Step {
  sync: Sync;
  /** What was applied, in order. */
  applied: readonly Frame[];
}

export function emptySync(): Sync {
  return { epoch: "", seq: -1, head: -1, state: null, held: new Map(), replay: [], stale: false };
}

/** Something is missing that will not come by itself. */
export function behind(sync: Sync): boolean {
  return sync.state !== null && (sync.stale || sync.seq < sync.head);
}

/** What a command that catches up says it has already; nothing if only the whole state will do. */
export function after(sync: Sync): { epoch: string; seq: number } | undefined {
  return sync.state && !sync.stale ? { epoch: sync.epoch, seq: sync.seq } : undefined;
}

/** Takes in events as they arrive, in any order and any number of times. */
export function receive(sync: Sync, frames: readonly Frame[]): Step {
  const held = new Map(sync.held);
  let head = sync.head;
  for (const frame of frames) {
    if (frame.seq > sync.seq) held.set(frame.seq, frame);
    head = Math.max(head, frame.seq);
  }
  // Nobody sends so much unasked; what is thrown away here is asked for again.
  if (held.size > HELD_LIMIT) held.clear();
  return drain({ ...sync, head, held });
}

/** A sign of life that names the log's head. */
export function heartbeat(sync: Sync, epoch: string, seq: number): Sync {
  if (!sync.state) return sync;
  if (epoch !== sync.epoch) return { ...sync, stale: true };
  return { ...sync, head: Math.max(sync.head, seq) };
}

/** Our rights have changed: the state we have is that of another audience. */
export function invalidate(sync: Sync): Sync {
  return { ...sync, stale: true };
}

/** Takes in the answer to session:join or session:sync. */
export function caughtUp(sync: Sync, answer: CatchUp): Step {
  if (answer.state) return withSnapshot(sync, answer.epoch, answer.seq, answer.state);
  if (answer.epoch !== sync.epoch || sync.stale) return { sync: { ...sync, stale: true }, applied: [] };
  const step = receive(sync, answer.events ?? []);
  return { ...step, sync: { ...step.sync, head: Math.max(step.sync.head, answer.seq) } };
}

function withSnapshot(sync: Sync, epoch: string, seq: number, state: RoomState): Step {
  // A snapshot can be older than what arrived while it was on its way: what came after it is applied to it again.
  const sameLife = epoch === sync.epoch || sync.epoch === "";
  const later = sameLife ? [...sync.replay, ...sync.held.values()].filter((frame) => frame.seq > seq) : [];
  const head = Math.max(seq, ...later.map((frame) => frame.seq));
  const held = new Map(later.map((frame) => [frame.seq, frame]));
  return drain({ epoch, seq, head, state, held, replay: [], stale: false });
}

function drain(sync: Sync): Step {
  let { seq, state } = sync;
  if (!state) return { sync, applied: [] };
  const held = new Map(sync.held);
  const applied: Frame[] = [];
  for (let next = held.get(seq + 1); next; next = held.get(seq + 1)) {
    state = apply(state, next);
    seq += 1;
    held.delete(seq);
    applied.push(next);
  }
  const replay = applied.length ? [...sync.replay, ...applied].slice(-REPLAY_LIMIT) : sync.replay;
  return { sync: { ...sync, seq, state, held, replay }, applied };
}
