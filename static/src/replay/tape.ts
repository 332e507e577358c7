// A session's log as something that can be wound: the room's state after any number of its events. States are kept every
// so many events, so that going anywhere costs a bounded number of folds, forwards as backwards.

import type { Frame } from "../contract/events";
import type { RoomState } from "../contract/types";
import { apply } from "../room/apply";

export interface TapeOptions {
  /** Events between two kept states, to begin with. */
  every?: number;
  /** How many states are kept at most: when there are more, every other one is let go. */
  most?: number;
}

export class Tape {
  readonly frames: Frame[] = [];
  /** When each event happened, in milliseconds; never falling, even where the clocks of two servers differ. */
  readonly times: number[] = [];
  #every: number;
  readonly #most: number;
  /** `#kept[i]` is the state after `i * #every` events. */
  #kept: RoomState[];
  #newest: RoomState;

  constructor(start: RoomState, { every = 256, most = 256 }: TapeOptions = {}) {
    this.#every = every;
    this.#most = most;
    this.#kept = [start];
    this.#newest = start;
  }

  get length(): number {
    return this.frames.length;
  }

  /** How many states are held at the moment. */
  get kept(): number {
    return this.#kept.length;
  }

  append(frames: readonly Frame[]): void {
    for (const frame of frames) {
      this.frames.push(frame);
      this.times.push(Math.max(Date.parse(frame.at), this.times.at(-1) ?? -Infinity));
      this.#newest = apply(this.#newest, frame);
      if (this.length % this.#every === 0) this.#keep(this.#newest);
    }
  }

  /** How many events have happened by a moment. */
  countAt(timeMs: number): number {
    return countUpTo(this.times, timeMs);
  }

  /** The state after the first `count` events. */
  stateAfter(count: number): RoomState {
    const wanted = Math.max(0, Math.min(count, this.length));
    if (wanted === this.length) return this.#newest;
    const at = Math.floor(wanted / this.#every);
    const state = this.#kept[at];
    if (!state) throw new RangeError(`No state is kept at ${at * this.#every}.`);
    return this.frames.slice(at * this.#every, wanted).reduce(apply, state);
  }

  #keep(state: RoomState): void {
    this.#kept.push(state);
    if (this.#kept.length <= this.#most) return;
    this.#kept = this.#kept.filter((_, i) => i % 2 === 0);
    this.#every *= 2;
  }
}

/** How many of the rising numbers are not above a limit. */
export function countUpTo(rising: readonly number[], limit: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
