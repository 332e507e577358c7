import { words } from "../words";
import { Problem, type Say } from "../words/say";
import type { Toasts } from "./toasts";

/** Puts a text where it can be pasted, and says so. */
export async function copyText(text: string, toasts: Toasts, copied: Say): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toasts.tell(copied);
  } catch {
    // Not a secure origin, or not allowed: then the person has to copy it by hand.
    toasts.complain(new Problem(() => words.actions.copyFailed));
  }
}
