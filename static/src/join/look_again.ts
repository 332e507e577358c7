// When to look again at a preview that stands on the screen: often while things change, rarely while they do not.

import type { SessionPreview } from "../contract/types";

const SOONEST_MS = 4_000;
const LATEST_MS = 30_000;
const SLOWER = 1.5;
/** The server must be past the moment, too, when it is asked what has changed by it. */
const AFTER_MS = 400;

/** In how many milliseconds to look again. `quiet`: how many looks in a row have shown nothing new. */
export function nextLook(found: SessionPreview | null, quiet: number, now: number): number {
  const pause = Math.min(SOONEST_MS * SLOWER ** quiet, LATEST_MS);
  const turns = [found?.session?.opens_at, found?.session?.start_time].flatMap((at) => (at ? [Date.parse(at)] : []));
  const untilTurn = turns.map((at) => at - now + AFTER_MS).filter((ms) => ms > 0);
  return Math.min(pause, ...untilTurn);
}

/** Whether two looks show a person the same. */
export function showsTheSame(a: SessionPreview | null, b: SessionPreview | null): boolean {
  const shown = (each: SessionPreview | null): string => JSON.stringify({ ...each, time_until_start: null });
  return shown(a) === shown(b);
}
