// Which language, direction and time zone the page is shown in, and changing them without loading the page again.

import { batch, signal, type ReadonlySignal } from "@preact/signals";

import { en } from "./en";
import { speak, type Words } from "./index";
import { language, zone } from "./language";

export { language, locale } from "./language";

/** The languages one can choose. */
export const LANGUAGES = ["en", "de", "es"] as const;
export type LanguageTag = (typeof LANGUAGES)[number];

/** With the one that only tests speak: nobody is offered it, but a device can remember it. */
export type KnownTag = LanguageTag | "ar-XB";

/** Where the words are; those of each language are fetched when it is first wanted. */
const CATALOGUES: Record<KnownTag, () => Promise<Words>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import("./de")).de,
  es: async () => (await import("./es")).es,
  "ar-XB": async () => (await import("./pseudo")).pseudo,
};
const RIGHT_TO_LEFT = new Set<KnownTag>(["ar-XB"]);

/** The one asked for last: words that arrive late must not undo a later choice. */
const wanted = signal<KnownTag>("en");

/** An IANA name; undefined is the browser's own. */
export const timeZone: ReadonlySignal<string | undefined> = zone;

/** The best of our languages for somebody who would like these, in this order. */
export function bestOf(wanted: readonly (string | null | undefined)[]): LanguageTag {
  for (const tag of wanted) {
    const found = oursFor(tag);
    if (found) return found;
  }
  return "en";
}

/** Our language that this is, or is a kind of: "de" for "de-AT". */
export function oursFor(tag: string | null | undefined): LanguageTag | undefined {
  return LANGUAGES.find((each) => each === tag?.split("-")[0]?.toLowerCase());
}

export function isKnown(tag: string | null): tag is KnownTag {
  return tag !== null && Object.hasOwn(CATALOGUES, tag);
}

/** A language as its speakers call it: "English", "Deutsch", "Español". */
export function ownNameOf(tag: string): string {
  const name = new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

/** Shows the page in this language, as soon as its words are there; in a later choice, if there was one meanwhile. */
export async function showIn(tag: KnownTag): Promise<void> {
  wanted.value = tag;
  const catalogue = await CATALOGUES[tag]();
  if (wanted.peek() !== tag) return showIn(wanted.peek());
  document.documentElement.lang = tag;
  document.documentElement.dir = RIGHT_TO_LEFT.has(tag) ? "rtl" : "ltr";
  batch(() => {
    language.value = tag;
    speak(catalogue);
  });
}

/** Shows times as they are there; null is where the browser is. */
export function showTimesIn(name: string | null): void {
  zone.value = name ?? undefined;
}
