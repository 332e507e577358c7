// How somebody wants the pages: applied at once, remembered on this device, kept in the account, the same in every tab.

import { effect, signal, type ReadonlySignal } from "@preact/signals";

import type { PreferenceChanges, Preferences } from "../contract/types";
import type { Account } from "./account";

const KEY = "convene:preferences";

/** Those of the server: for who has no account, and until the account is known. */
export const DEFAULTS: Preferences = {
  language: null,
  timezone: null,
  theme: "system",
  notifications: { joins: true, waiting: true, hands: true, messages: "all", sounds: true, browser: false },
  accessibility: {
    enable_live_captions: false,
    enable_translations: false,
    enable_screen_reader: true,
    enable_high_contrast: null,
    reduce_motion: null,
    font_size: "normal",
    captions: { size: "normal", background: "shaded" },
  },
  privacy: { show_avatar: true },
};

export interface PreferencesKept {
  current: ReadonlySignal<Preferences>;
  /** Shown at once; if the account does not take it, as it was before. */
  change: (changes: PreferenceChanges) => Promise<void>;
}

export function createPreferences(account: Account, storage: Storage = localStorage): PreferencesKept {
  const current = signal(remembered(storage.getItem(KEY)));
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  effect(() => {
    show(document.documentElement, current.value);
    storage.setItem(KEY, JSON.stringify(current.value));
  });
  effect(() => {
    // While a change is under way, the answer to the one before it would undo it for a moment.
    const kept = account.user.value?.preferences;
    if (kept && waiting === 0) current.value = kept;
  });
  addEventListener("storage", ({ key, newValue }) => {
    if (key === KEY && newValue) current.value = remembered(newValue);
  });

  async function keep(changes: PreferenceChanges): Promise<void> {
    waiting += 1;
    // One after the other: of two answers the later one has to be the newer.
    const mine = last.then(() => account.update({ preferences: changes }));
    last = mine.catch(() => undefined);
    try {
      await mine;
    } finally {
      waiting -= 1;
      const kept = account.user.peek()?.preferences;
      if (kept && waiting === 0) current.value = kept;
    }
  }

  return {
    current,
    change: async (changes) => {
      current.value = merged(current.peek(), changes);
      if (account.user.peek()) await keep(changes);
    },
  };
}

/** What the styles go by. */
function show({ dataset }: HTMLElement, { theme, accessibility }: Preferences): void {
  const { enable_high_contrast: contrast, reduce_motion, font_size } = accessibility;
  dataset.theme = theme;
  dataset.contrast = contrast === null ? "system" : contrast ? "more" : "normal";
  dataset.textSize = font_size;
  dataset.motion = reduce_motion ? "reduced" : "system";
}

function remembered(text: string | null): Preferences {
  try {
    return merged(DEFAULTS, JSON.parse(text ?? "{}") as PreferenceChanges);
  } catch {
    return DEFAULTS;
  }
}

/** What is given in place of what was, part by part. */
export function merged<T extends object>(before: T, changes: object): T {
  const after = { ...before } as Record<string, unknown>;
  for (const [name, value] of Object.entries(changes)) {
    const part = after[name];
    if (part === undefined || value === undefined) continue;
    after[name] = isPart(part) && isPart(value) ? merged(part, value) : value;
  }
  return after as T;
}

function isPart(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
