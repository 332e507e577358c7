// Which language and time zone the page is shown in at the moment.

import { computed, signal, type ReadonlySignal } from "@preact/signals";

/** The tag of the catalogue that is spoken. Changed by locale.ts only, together with the words. */
export const language = signal("en");

/** An IANA name; undefined is the browser's own. */
export const zone = signal<string | undefined>(undefined);

/** The tag for `Intl`: the browser's own where it is a kind of the language shown ("en-GB"), so that dates are as usual. */
export const locale: ReadonlySignal<string> = computed(() => {
  const own = globalThis.navigator?.languages?.find((tag) => tag.split("-")[0] === language.value);
  return own ?? language.value;
});
