// The language of the pages: as it was preferred, as it was shown on this device before, or as the browser asks.

import { computed, effect } from "@preact/signals";

import { bestOf, isKnown, oursFor, showIn, showTimesIn, type KnownTag, type LanguageTag } from "../words/locale";
import type { PreferencesKept } from "./preferences";

const KEY = "convene:language";

export interface LanguageChoice {
  /** Settled as soon as the pages can be drawn in the language that is to be seen first. */
  isReady: Promise<void>;
  /** Shows the pages in it at once, here and wherever this account is used. */
  choose: (tag: LanguageTag) => Promise<void>;
}

export function createLanguage(preferences: PreferencesKept, storage: Storage = localStorage): LanguageChoice {
  async function show(tag: KnownTag): Promise<void> {
    storage.setItem(KEY, tag);
    await showIn(tag);
  }

  const remembered = storage.getItem(KEY);
  // Words that cannot be fetched leave the pages as they are: better in another language than not at all.
  const isReady = showIn(isKnown(remembered) ? remembered : bestOf(navigator.languages)).catch(() => undefined);

  const preferred = computed(() => preferences.current.value.language);
  const zone = computed(() => preferences.current.value.timezone);
  let before = preferred.peek();
  effect(() => {
    const ours = oursFor(preferred.value);
    if (ours) show(ours).catch(() => undefined);
    // Taken back: whatever was shown on this device so far counts no longer.
    else if (before !== preferred.value) show(bestOf(navigator.languages)).catch(() => undefined);
    before = preferred.value;
  });
  effect(() => showTimesIn(zone.value));

  return { isReady, choose: (tag) => preferences.change({ language: tag }) };
}
