import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { JoinFields, Joined, PreviewSession } from "../contract/types";
import { ConveneError } from "../net/error";
import { words } from "../words";
import { keepSeat, rememberName } from "./seat";

interface Joining {
  /** `guestName` is null for somebody with an account. */
  join: (guestName: string | null, fields: JoinFields) => Promise<void>;
  /** By field; `all` for what is about none of them. */
  errors: Readonly<Record<string, string>>;
  isBusy: boolean;
}

/** Goes into a session's room: members at once, guests with a place of their own. */
export function useJoining(session: PreviewSession): Joining {
  const { rest, router } = useClient();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isBusy, setBusy] = useState(false);

  async function takeSeat(name: string, fields: JoinFields): Promise<void> {
    const body = { ...fields, display_name: name };
    const { data } = await rest<Joined>("POST", `/sessions/${session.id}/join`, { body, token: "" });
    rememberName(name);
    keepSeat(session.id, { token: data.token, code: session.code, name });
  }

  async function join(guestName: string | null, fields: JoinFields): Promise<void> {
    const missing = missingIn(session, guestName, fields);
    setErrors(missing);
    if (Object.keys(missing).length) return;
    setBusy(true);
    try {
      if (guestName !== null) await takeSeat(guestName, fields);
      router.go(`/room/${session.id}`, { state: { joining: fields } });
    } catch (error) {
      setErrors(problemsOf(error));
      setBusy(false);
    }
  }

  return { join, errors, isBusy };
}

function missingIn(session: PreviewSession, guestName: string | null, fields: JoinFields): Record<string, string> {
  const missing: Record<string, string> = {};
  if (guestName === "") missing.display_name = words.join.needName;
  if (session.is_recording && session.recording_consent && !fields.consent) missing.consent = words.join.needConsent;
  return missing;
}

function problemsOf(error: unknown): Record<string, string> {
  const byField = error instanceof ConveneError ? error.fields : {};
  if (Object.keys(byField).length) return byField;
  return { all: error instanceof Error ? error.message : words.errors.unexpected };
}
