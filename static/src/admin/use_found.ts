// A list that is fetched in pieces, each after the last of the one before. What was overtaken is thrown away.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";

export interface Piece<T> {
  rows: readonly T[];
  hasMore: boolean;
  /** Only with the first piece. */
  total: number | null;
}

export interface Found<T> {
  rows: readonly T[] | null;
  total: number;
  hasMore: boolean;
  isLoading: boolean;
  error: Error | null;
  more: () => void;
  reload: () => void;
  /** Shows one row as it is now, without asking for the others anew. */
  replace: (row: T) => void;
}

interface State<T> {
  rows: readonly T[] | null;
  total: number;
  hasMore: boolean;
  error: Error | null;
}

/** `fetch` is given the last row there is; `inputs` say what is looked for. */
export function useFound<T extends { id: string }>(
  fetch: (after: T | undefined, signal: AbortSignal) => Promise<Piece<T>>,
  inputs: readonly unknown[],
): Found<T> {
  const [state, setState] = useState<State<T>>({ rows: null, total: 0, hasMore: false, error: null });
  const [isLoading, setLoading] = useState(true);
  const [round, setRound] = useState(0);
  const running = useRef<AbortController | null>(null);

  async function load(before: readonly T[]): Promise<void> {
    running.current?.abort();
    const mine = (running.current = new AbortController());
    setLoading(true);
    try {
      const { rows, hasMore, total } = await fetch(before.at(-1), mine.signal);
      if (mine.signal.aborted) return;
      setState((old) => ({ rows: [...before, ...rows], hasMore, total: total ?? old.total, error: null }));
    } catch (error) {
      if (mine.signal.aborted) return;
      setState((old) => ({ ...old, error: error instanceof Error ? error : new Error(String(error)) }));
    }
    setLoading(false);
  }

  useEffect(() => {
    void load([]);
    return () => running.current?.abort();
  }, [...inputs, round]);

  return {
    ...state,
    isLoading,
    more: () => void load(state.rows ?? []),
    reload: useCallback(() => setRound((before) => before + 1), []),
    replace: (row) =>
      setState((old) => ({ ...old, rows: old.rows?.map((each) => (each.id === row.id ? row : each)) ?? null })),
  };
}
