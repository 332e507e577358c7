import { useEffect, useState } from "preact/hooks";

import { useClient } from "../client";
import { readBeginning, readLog } from "./read_log";
import { Replay } from "./replay";

interface Watched {
  replay: Replay | null;
  error: Error | null;
  retry: () => void;
}

export interface Start {
  recordingId: string | null;
  /** Seconds on the player's clock. */
  at: number | null;
  /** An event's place in the log. */
  seq: number | null;
}

/** A session's replay, which grows while its log is read; it stands at `start` as soon as that is there. */
export function useReplay(sessionId: string, { recordingId, at, seq }: Start): Watched {
  const { rest } = useClient();
  const [replay, setReplay] = useState<Replay | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    const mine = new AbortController();
    let made: Replay | null = null;
    setReplay(null);
    setError(null);

    async function load(): Promise<void> {
      const start = await readBeginning(rest, sessionId, mine.signal);
      const fresh = (made = new Replay({ sessionId, start, recordingId }));
      if (at !== null) fresh.player.seekClock(at);
      await readLog(
        rest,
        sessionId,
        0,
        (frames, isLast) => {
          fresh.append(frames, isLast);
          if (seq !== null && frames.some((frame) => frame.seq === seq)) fresh.seekSeq(seq);
          setReplay(fresh);
        },
        mine.signal,
      );
    }
    load().catch((problem: unknown) => {
      if (!mine.signal.aborted) setError(problem instanceof Error ? problem : new Error(String(problem)));
    });
    return () => {
      mine.abort();
      made?.close();
    };
  }, [sessionId, recordingId, at, seq, round]);

  return { replay, error, retry: () => setRound(round + 1) };
}
