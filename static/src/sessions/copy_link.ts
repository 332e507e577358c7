import { copyText } from "../design/copy_text";
import type { Toasts } from "../design/toasts";
import { words } from "../words";

/** The address that leads people to a session's door. */
export function linkTo(code: string): string {
  return `${location.origin}/join/${code}`;
}

export async function copyLink(code: string, toasts: Toasts): Promise<void> {
  await copyText(linkTo(code), toasts, () => words.actions.linkCopied);
}
