// What a session says of itself while its code is being typed.

import { useEffect, useMemo, useState } from "preact/hooks";

import { useClient } from "../client";
import type { SessionPreview } from "../contract/types";
import { latest } from "../net/latest";
import { isWhole } from "./code";

const PAUSE_MS = 250;
const REFRESH_MS = 15_000;

export interface Preview {
  isLooking: boolean;
  found: SessionPreview | null;
  error: Error | null;
}

const NOTHING: Preview = { isLooking: false, found: null, error: null };

/** The preview of a whole code, kept up to date while it is shown; nothing for a code that is not whole. */
export function usePreview(code: string): Preview {
  const { rest, account } = useClient();
  const [preview, setPreview] = useState<Preview>(NOTHING);
  const lookup = useMemo(
    () =>
      latest(
        async (asked: string, signal) => {
          const { data } = await rest<SessionPreview>("GET", "/sessions/preview", { query: { code: asked }, signal });
          return data;
        },
        ({ answer, error }) =>
          setPreview({ isLooking: false, found: answer ?? null, error: error instanceof Error ? error : null }),
        PAUSE_MS,
      ),
    [rest],
  );

  useEffect(() => {
    if (!isWhole(code)) {
      setPreview(NOTHING);
      return lookup.cancel;
    }
    setPreview({ ...NOTHING, isLooking: true });
    lookup.ask(code);
    const again = setInterval(() => lookup.ask(code), REFRESH_MS);
    return () => {
      clearInterval(again);
      lookup.cancel();
    };
  }, [code, account.token.value === null]);

  return preview;
}
