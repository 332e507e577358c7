// Times that run: how long a session or a recording has lasted by now.

import type { ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";

import type { RecordingView, RoomSession } from "../contract/types";
import { serverNow } from "../net/server_clock";

/** What time it is where it is not now: milliseconds, in a room that is played from its log. */
export const ClockContext = createContext<ReadonlySignal<number> | null>(null);

/** The server's time in milliseconds, again every `stepMs`. */
export function useNow(stepMs: number): number {
  const told = useContext(ClockContext);
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    if (told) return undefined;
    const timer = setInterval(() => setNow(serverNow()), stepMs);
    return () => clearInterval(timer);
  }, [stepMs, told]);
  return told ? told.value : now;
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
