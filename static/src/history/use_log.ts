import { useEffect, useMemo, useState } from "preact/hooks";

import { useClient } from "../client";
import type { Frame } from "../contract/events";
import { readLog } from "../replay/read_log";

export interface Log {
  frames: readonly Frame[];
  /** When each happened, in milliseconds. */
  times: readonly number[];
  /** Nothing more is known to come. */
  isComplete: boolean;
  error: Error | null;
  /** Reads what is still missing, and what has come since. */
  goOn: () => void;
}

/** The whole log of a session, which grows page by page. */
export function useLog(sessionId: string): Log {
  const { rest } = useClient();
  const [frames, setFrames] = useState<readonly Frame[]>([]);
  const [isComplete, setComplete] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    const mine = new AbortController();
    const after = frames.at(-1)?.seq ?? 0;
    setError(null);
    setComplete(false);
    const grow = (page: Frame[], isLast: boolean): void => {
      setFrames((before) => [...before, ...page]);
      setComplete(isLast);
    };
    readLog(rest, sessionId, after, grow, mine.signal).catch((problem: unknown) => {
      if (!mine.signal.aborted) setError(problem instanceof Error ? problem : new Error(String(problem)));
    });
    return () => mine.abort();
  }, [sessionId, round]);

  const times = useMemo(() => frames.map(({ at }) => Date.parse(at)), [frames]);
  return { frames, times, isComplete, error, goOn: () => setRound(round + 1) };
}
