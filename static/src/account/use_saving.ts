import { useEffect, useRef, useState } from "preact/hooks";

import { useClient } from "../client";

const SHOWN_MS = 2_500;

export interface Saving {
  /** Something was kept a moment ago. */
  isSaved: boolean;
  /** Runs a change; says so when it is kept, and why when it is not. Whether it was kept. */
  save: (change: () => Promise<unknown>) => Promise<boolean>;
}

export function useSaving(): Saving {
  const { toasts } = useClient();
  const [isSaved, setSaved] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function save(change: () => Promise<unknown>): Promise<boolean> {
    clearTimeout(timer.current);
    setSaved(false);
    try {
      await change();
    } catch (error) {
      toasts.complain(error);
      return false;
    }
    setSaved(true);
    timer.current = setTimeout(() => setSaved(false), SHOWN_MS);
    return true;
  }

  return { isSaved, save };
}
