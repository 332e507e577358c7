import type { Toasts } from "../design/toasts";
import { words } from "../words";
import { Problem } from "../words/say";

/** The address that leads people to a session's door. */
export function linkTo(code: string): string {
  return `${location.origin}/join/${code}`;
}

export async function copyLink(code: string, toasts: Toasts): Promise<void> {
  try {
    await navigator.clipboard.writeText(linkTo(code));
    toasts.tell(() => words.actions.linkCopied);
  } catch {
    // Not a secure origin, or not allowed: then the person has to copy it by hand.
    toasts.complain(new Problem(() => words.actions.copyFailed));
  }
}
