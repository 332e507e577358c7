// The words of the language that the page is shown in. A view that reads one is drawn anew when the language changes.

import { signal } from "@preact/signals";

import { en, type Words } from "./en";

export type { Words };

const catalogue = signal<Words>(en);

/** Read while drawing, never when a file is loaded: what is kept in a constant stays in the first language. */
export const words: Words = new Proxy(en, {
  get: (_, area) => catalogue.value[area as keyof Words],
});

/** From now on everything is said with these. */
export function speak(others: Words): void {
  catalogue.value = others;
}
