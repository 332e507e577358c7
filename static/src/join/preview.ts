// What a session says of itself while its code is being typed, and for as long as it is shown.

import { useEffect, useState } from "preact/hooks";

import { useClient, type Client } from "../client";
import type { SessionPreview } from "../contract/types";
import { onAwake } from "../net/awake";
import { ConveneError } from "../net/error";
import { serverNow } from "../net/server_clock";
import { isWhole } from "./code";
import { giveUpSeat, seatAt } from "./seat";
import { NO_PREVIEW, watchPreview, type Preview } from "./watch";

/** The preview of a whole code, kept up to date while it is shown; nothing for a code that is not whole. */
export function usePreview(code: string): Preview {
  const client = useClient();
  const [preview, setPreview] = useState<Preview>(NO_PREVIEW);

  useEffect(() => {
    if (!isWhole(code)) {
      setPreview(NO_PREVIEW);
      return undefined;
    }
    const watch = watchPreview({
      lookUp: (asked, signal) => lookUp(client, asked, signal),
      tell: setPreview,
      isHidden: () => document.hidden,
      now: serverNow,
    });
    watch.begin(code);
    const stopListening = onAwake(watch.again);
    return () => {
      stopListening();
      watch.stop();
    };
  }, [code, client.account.token.value === null]);

  return preview;
}

/** A guest who has a place there is told what holds for them. */
async function lookUp(client: Client, code: string, signal: AbortSignal): Promise<SessionPreview> {
  const seat = client.account.token.peek() ? null : seatAt(code);
  const ask = async (token?: string): Promise<SessionPreview> => {
    const request = { query: { code }, signal, ...(token !== undefined && { token }) };
    return (await client.rest<SessionPreview>("GET", "/sessions/preview", request)).data;
  };
  if (!seat) return ask();
  try {
    return await ask(seat.token);
  } catch (error) {
    if (!(error instanceof ConveneError) || error.status !== 401) throw error;
    // The place has run out: they come as somebody new.
    giveUpSeat(seat.sessionId);
    return ask();
  }
}
