// What a browser brings back from another site: a refusal by its code, or what the second step goes on with.

import { words } from "../words";
import { Problem } from "../words/say";

const CODES = [
  "PROVIDER_REFUSED",
  "PROVIDER_UNAVAILABLE",
  "ADDRESS_NOT_VERIFIED",
  "ACCOUNT_NOT_LINKED",
  "ACCOUNT_LOCKED",
  "REGISTRATION_CLOSED",
] as const;

/** What was refused; null if nothing was refused. A link that says anything else makes us say no more than that. */
export function refusalOf(code: string | null): Error | null {
  if (code === null) return null;
  const known = CODES.find((each) => each === code) ?? "PROVIDER_REFUSED";
  return new Problem(() => words.refusals[known]);
}

/** Stands behind the # where no server sees it, and does not stay there. */
export function challengeBroughtBack(): string | null {
  const challenge = decodeURIComponent(location.hash.slice(1));
  if (challenge) history.replaceState(history.state, "", location.pathname + location.search);
  return challenge || null;
}
