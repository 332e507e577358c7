// Which stretches of a session are watched: the whole of it, or what one recording holds. Pure.

import type { Frame } from "../contract/events";
import type { Uuid } from "../contract/types";
import type { Span } from "./track";

/** With these a session begins to be something to look at. */
const BEGINNINGS: ReadonlySet<Frame["type"]> = new Set([
  "session:started",
  "participant:joined",
  "waiting_room:updated",
]);
/** These happen to a session when nobody is there to see them. */
const AFTERMATH: ReadonlySet<Frame["type"]> = new Set([
  "session:deleted",
  "session:restored",
  "participant:unbanned",
  "participant:approved",
  "event:hidden",
]);
/** What comes first is to be seen coming. */
const LEAD_IN = 1_000;
const LEAD_OUT = 2_000;

/** From the first who came to the last that happened; empty if nothing ever did. */
export function wholeSpan(frames: readonly Frame[], times: readonly number[]): Span[] {
  const first = frames.findIndex(({ type }) => BEGINNINGS.has(type));
  const last = frames.findLastIndex(({ type }) => !AFTERMATH.has(type));
  const [from, to] = [times[first], times[Math.max(first, last)]];
  return from === undefined || to === undefined ? [] : [{ from: from - LEAD_IN, to: to + LEAD_OUT }];
}

/** What a recording holds: from its start to its stop, without its pauses. */
export function recordedSpans(frames: readonly Frame[], times: readonly number[], recordingId: Uuid): Span[] {
  const spans: Span[] = [];
  let since: number | null = null;
  const close = (to: number): void => {
    if (since !== null) spans.push({ from: since, to });
    since = null;
  };
  frames.forEach((frame, i) => {
    const time = times[i] ?? 0;
    if (frame.type === "recording:started" && frame.data.recording.id === recordingId) since = time;
    else if (frame.type === "recording:resumed" && frame.data.recording_id === recordingId) since = time;
    else if (frame.type === "recording:paused" && frame.data.recording_id === recordingId) close(time);
    else if (frame.type === "recording:stopped" && frame.data.recording_id === recordingId) close(time);
    // The end of a session is the end of its recordings, whatever else it says of them.
    else if (frame.type === "session:ended" || frame.type === "session:cancelled") close(time);
  });
  close(times.at(-1) ?? 0);
  return spans;
}
