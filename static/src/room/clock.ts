// Times that run: how long a session or a recording has lasted by now.

import { useEffect, useState } from "preact/hooks";

import type { RecordingView, RoomSession } from "../contract/types";

/** Milliseconds now, again every `stepMs`. */
export function useNow(stepMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  return now;
}

/** Seconds a session has run, without its pauses; null before it has started. */
export function sessionSeconds(session: RoomSession, now: number): number | null {
  if (!session.started_at) return null;
  const until = session.ended_at ?? session.paused_at;
  const end = until ? Date.parse(until) : now;
  return Math.max(0, (end - Date.parse(session.started_at)) / 1000 - session.paused_s);
}

/** Seconds a recording holds by now. */
export function recordingSeconds(recording: RecordingView, now: number): number {
  const spell = recording.running_since ? (now - Date.parse(recording.running_since)) / 1000 : 0;
  return recording.recorded_s + Math.max(0, spell);
}
