// How the time of a session becomes the time it takes to watch it: what is left out takes none, long silences little.
// Pure; all numbers are milliseconds.

import { countUpTo } from "./tape";

export interface Span {
  from: number;
  to: number;
}

/** A stretch of the session, and where in what is watched it lies. */
export interface Piece extends Span {
  start: number;
  length: number;
  isSilence: boolean;
}

export interface Track {
  readonly pieces: readonly Piece[];
  readonly length: number;
}

/** From here on it is worth leaving out. */
const SILENCE = 10_000;
/** How much of a silence is kept after the last event, and before the next one. */
const TAIL = 2_000;
const LEAD = 1_000;
/** How long what is left out takes. */
const SHORT = 1_000;

/** What is watched of the spans; `times` (rising) are when something happened, null: silences are not shortened. */
export function trackOf(spans: readonly Span[], times: readonly number[] | null): Track {
  const pieces: Piece[] = [];
  let start = 0;
  for (const span of spans) {
    for (const cut of times ? withSilences(span, times) : [{ ...span, isSilence: false }]) {
      const length = cut.isSilence ? SHORT : cut.to - cut.from;
      pieces.push({ ...cut, start, length });
      start += length;
    }
  }
  return { pieces, length: start };
}

function withSilences({ from, to }: Span, times: readonly number[]): (Span & { isSilence: boolean })[] {
  const cuts: (Span & { isSilence: boolean })[] = [];
  let done = from;
  let last = from;
  for (let i = countUpTo(times, from); last < to; i += 1) {
    const next = Math.min(times[i] ?? to, to);
    if (next - last > SILENCE) {
      const [begins, ends] = [last + TAIL, next - LEAD];
      cuts.push({ from: done, to: begins, isSilence: false }, { from: begins, to: ends, isSilence: true });
      done = ends;
    }
    last = next;
  }
  if (done < to || cuts.length === 0) cuts.push({ from: done, to, isSilence: false });
  return cuts;
}

/** The moment of the session that is seen at a place of the track, in whole milliseconds. */
export function timeAt(track: Track, place: number): number {
  const piece = pieceAt(track, place);
  if (!piece) return 0;
  const share = piece.length > 0 ? (place - piece.start) / piece.length : 1;
  return Math.round(piece.from + Math.max(0, Math.min(1, share)) * (piece.to - piece.from));
}

/** Where on the track a moment of the session is seen: at the next place that is shown, if it was left out. */
export function placeOf(track: Track, time: number): number {
  const piece = track.pieces.find((each) => time <= each.to);
  if (!piece) return track.length;
  const span = piece.to - piece.from;
  const share = span > 0 ? (time - piece.from) / span : 0;
  return piece.start + Math.max(0, Math.min(1, share)) * piece.length;
}

/** The piece that is seen at a place; its end belongs to it only where nothing follows. */
export function pieceAt(track: Track, place: number): Piece | undefined {
  let [low, high] = [0, track.pieces.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((track.pieces[middle]?.start ?? Infinity) <= place) low = middle;
    else high = middle - 1;
  }
  return track.pieces[low];
}
