// Keeps a preview up to date while it is looked at. The page, its clock and the server are the caller's.

import type { SessionPreview } from "../contract/types";
import { latest } from "../net/latest";
import { nextLook, showsTheSame } from "./look_again";

const PAUSE_MS = 250;

export interface Preview {
  isLooking: boolean;
  found: SessionPreview | null;
  error: Error | null;
}

export const NO_PREVIEW: Preview = { isLooking: false, found: null, error: null };

export interface WatchOptions {
  lookUp: (code: string, signal: AbortSignal) => Promise<SessionPreview>;
  tell: (preview: Preview) => void;
  isHidden: () => boolean;
  now: () => number;
}

export interface Watch {
  /** Looks soon, and again and again from then on. */
  begin: (code: string) => void;
  /** Looks at once: the page has come back. */
  again: () => void;
  stop: () => void;
}

export function watchPreview({ lookUp, tell, isHidden, now }: WatchOptions): Watch {
  let code = "";
  let shown = NO_PREVIEW;
  let quiet = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (next: Preview): void => tell((shown = next));
  const asking = latest(lookUp, settled, PAUSE_MS);

  function settled({ answer, error }: { answer?: SessionPreview; error?: unknown }): void {
    const found = answer ?? shown.found;
    quiet = showsTheSame(found, shown.found) ? quiet + 1 : 0;
    // What one has seen stays on the screen while it cannot be looked at again.
    show({ isLooking: false, found, error: error instanceof Error ? error : null });
    timer = setTimeout(again, nextLook(found, quiet, now()));
  }

  function again(): void {
    clearTimeout(timer);
    // Nobody is looking; whoever comes back is shown it anew at once.
    if (code && !isHidden()) asking.ask(code);
  }

  function stop(): void {
    clearTimeout(timer);
    asking.cancel();
    code = "";
  }

  return {
    begin: (next) => {
      stop();
      [code, quiet] = [next, 0];
      show({ ...NO_PREVIEW, isLooking: true });
      again();
    },
    again: () => {
      quiet = 0;
      again();
    },
    stop,
  };
}
