// Asking while somebody types: only after a pause, and only the newest answer counts.

export interface Latest<Q> {
  /** Asks for this after the pause; whatever was asked before is forgotten. */
  ask: (query: Q) => void;
  /** Forgets whatever was asked. */
  cancel: () => void;
}

/**
 * `lookup` gets a signal that is aborted as soon as something newer is asked. `settled` hears the outcome of the newest
 * question only, never of one that was overtaken.
 */
export function latest<Q, A>(
  lookup: (query: Q, signal: AbortSignal) => Promise<A>,
  settled: (outcome: { query: Q; answer?: A; error?: unknown }) => void,
  pauseMs: number,
): Latest<Q> {
  let current: AbortController | null = null;

  function cancel(): void {
    current?.abort();
    current = null;
  }

  function ask(query: Q): void {
    cancel();
    const mine = new AbortController();
    current = mine;
    const start = async (): Promise<void> => {
      const outcome = await lookup(query, mine.signal).then(
        (answer) => ({ query, answer }),
        (error: unknown) => ({ query, error }),
      );
      if (!mine.signal.aborted) settled(outcome);
    };
    const timer = setTimeout(() => void start(), pauseMs);
    mine.signal.addEventListener("abort", () => clearTimeout(timer));
  }

  return { ask, cancel };
}
