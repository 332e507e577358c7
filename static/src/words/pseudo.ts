// A language for tests that is written from right to left: the English words with accents, in brackets. What shows up
// without brackets was not taken from the catalogue; what sits on the wrong side was laid out for left to right.

import { en, type Words } from "./en";

const PLAIN = "AaCcDdEeGgHhIiJjLlNnOoRrSsTtUuWwYyZz";
const ACCENTED = "ÅåÇçĐđÉéĜĝĤĥÎîĴĵĻļÑñÖöŔŕŠšŢţÛûŴŵÝýŽž";
const ISOLATE = "\u2067";
const END = "\u2069";

type Saying = (...values: unknown[]) => string;

export const pseudo = disguised(en) as Words;

function disguised(value: unknown): unknown {
  if (typeof value === "string") return value && bracketed(accented(value));
  if (typeof value === "function") return said(value as Saying);
  if (Array.isArray(value)) return value.map(disguised);
  return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, disguised(each)]));
}

/** Names and other texts of people stay as they are. */
function said(say: Saying): Saying {
  return (...values) => {
    return bracketed(accentedBetween(say(...values), values.flatMap(textsIn)));
  };
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function accentedBetween(text: string, [first, ...others]: readonly string[]): string {
  if (first === undefined) return accented(text);
  return text
    .split(first)
    .map((part) => accentedBetween(part, others))
    .join(first);
}

function bracketed(text: string): string {
  return `${ISOLATE}[${text}]${END}`;
}

function accented(text: string): string {
  return Array.from(text, (char) => ACCENTED[PLAIN.indexOf(char)] ?? char).join("");
}
