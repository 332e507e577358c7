// Numbers with their noun, by the rules of a language.

import { computed } from "@preact/signals";

import { locale } from "./language";

const digits = computed(() => new Intl.NumberFormat(locale.value));

/** "1,204", or "1.204", as it is usual where the reader is. */
export function number(n: number): string {
  return digits.value.format(n);
}

export type Count = (n: number, one: string, other: string) => string;

/** For a language with two forms: "1 person", "1,204 people". */
export function counting(tag: string): Count {
  const rules = new Intl.PluralRules(tag);
  return (n, one, other) => `${number(n)} ${rules.select(n) === "one" ? one : other}`;
}
