// Why one cannot come in, or not yet, in the words of the person's language, and whether that can change by itself.

import type { PreviewIssue, PreviewSession, SessionPreview } from "../contract/types";
import { words } from "../words";
import { formatMoment } from "../words/format";

export type Tone = "problem" | "wait" | "note";

export interface Remark {
  code: string;
  tone: Tone;
  text: string;
}

/** What may be otherwise in a moment: whoever stays on the page comes in by that. */
const PASSING = new Set(["SESSION_NOT_OPEN", "SESSION_LOCKED", "SESSION_FULL"]);
/** What a sign-in mends. */
const MENDED_BY_SIGN_IN = "GUESTS_NOT_ALLOWED";

/** Everything that should be known before joining: first what keeps one out. */
export function remarksOn({ errors, warnings, session, max_participants }: SessionPreview): Remark[] {
  const remark =
    (tone: (issue: PreviewIssue) => Tone) =>
    (issue: PreviewIssue): Remark => ({
      code: issue.code,
      tone: tone(issue),
      text: textOf(issue, session, max_participants),
    });
  return [
    ...errors.map(remark(({ code }) => (PASSING.has(code) || code === MENDED_BY_SIGN_IN ? "wait" : "problem"))),
    ...warnings.map(remark(() => "note")),
  ];
}

/** Whether there is anything one could do on this page, or wait for. */
export function isLost({ errors }: SessionPreview): boolean {
  return errors.some(({ code }) => !PASSING.has(code) && code !== MENDED_BY_SIGN_IN);
}

/** Whether it is enough to stay here. */
export function changesByItself({ errors }: SessionPreview): boolean {
  return errors.length > 0 && errors.every(({ code }) => PASSING.has(code));
}

/** When the doors open, if they are still closed. */
export function opening({ errors, session }: SessionPreview): string | null {
  return errors.some(({ code }) => code === "SESSION_NOT_OPEN") ? (session?.opens_at ?? null) : null;
}

function textOf(issue: PreviewIssue, session: PreviewSession | null, seats: number | null): string {
  const { why } = words.join;
  switch (issue.code) {
    case "SESSION_OVER":
      return session?.status === "cancelled" ? why.cancelled(session.cancel_reason) : why.ended;
    case "SESSION_NOT_OPEN":
      return session?.opens_at && session.status !== "draft" ? why.opens(formatMoment(session.opens_at)) : why.draft;
    case "SESSION_FULL":
      return why.full(seats);
    case "SESSION_LOCKED":
      return why.locked;
    case "GUESTS_NOT_ALLOWED":
      return why.accountsOnly;
    case "PARTICIPANT_BANNED":
      return why.banned;
    case "PARTICIPANT_REMOVED":
      return why.removed;
    case "PARTICIPANT_DECLINED":
      return why.declined;
    case "SESSION_NOT_FOUND":
      return why.notFound;
    case "NOT_STARTED":
      return why.notStarted;
    case "SESSION_PAUSED":
      return why.paused;
    case "RECORDING":
      return why.recording;
    case "APPROVAL_REQUIRED":
      return why.approval;
    default:
      return issue.message;
  }
}
