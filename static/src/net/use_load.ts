import { useCallback, useEffect, useState } from "preact/hooks";

export interface Loaded<T> {
  /** What was loaded last: while it is loaded anew, the old stays. */
  data: T | null;
  error: Error | null;
  isLoading: boolean;
  reload: () => void;
}

/** Loads when a page opens and whenever `inputs` change; an answer that was overtaken is thrown away. */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, inputs: readonly unknown[]): Loaded<T> {
  const [outcome, setOutcome] = useState<{ data: T | null; error: Error | null }>({ data: null, error: null });
  const [isLoading, setLoading] = useState(true);
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((before) => before + 1), []);

  useEffect(() => {
    const mine = new AbortController();
    setLoading(true);
    load(mine.signal).then(
      (data) => finish({ data, error: null }),
      (error: unknown) => finish({ data: null, error: error instanceof Error ? error : new Error(String(error)) }),
    );
    function finish(next: { data: T | null; error: Error | null }): void {
      if (mine.signal.aborted) return;
      setOutcome(next);
      setLoading(false);
    }
    return () => mine.abort();
  }, [...inputs, round]);

  return { ...outcome, isLoading, reload };
}
