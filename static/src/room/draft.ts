// What is being written is kept for as long as the tab is open: through a reload, and while one signs in again.

import { effect, type Signal } from "@preact/signals";

const KEY = "convene:draft:";

/** Brings back what was being written in this session, and keeps it from now on. Returns how to stop. */
export function keepDraft(sessionId: string, draft: Signal<string>, storage: Storage = sessionStorage): () => void {
  const key = KEY + sessionId;
  draft.value ||= storage.getItem(key) ?? "";
  return effect(() => {
    if (draft.value) storage.setItem(key, draft.value);
    else storage.removeItem(key);
  });
}
