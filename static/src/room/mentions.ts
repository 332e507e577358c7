// Names after an @: found while they are typed, put in, and found again in what was written. Pure.

import type { Mention, ParticipantView } from "../contract/types";

/** As many as the server takes. */
export const MOST_MENTIONS = 20;
const LONGEST_QUERY = 40;
const WORD = /[\p{L}\p{N}_]/u;

export interface Typing {
  /** Where the @ stands. */
  readonly at: number;
  /** What of a name has been typed after it. */
  readonly query: string;
}

/** The name that is being typed before the caret, if one is. It may have spaces, but not begin with one. */
export function typingAt(text: string, caret: number): Typing | null {
  const at = text.lastIndexOf("@", caret - 1);
  if (at < 0 || (at > 0 && WORD.test(text[at - 1] ?? ""))) return null;
  const query = text.slice(at + 1, caret);
  const isName = query.length <= LONGEST_QUERY && !/^\s|\n|\s\s/.test(query);
  return isName ? { at, query } : null;
}

/** The text with the whole name in place of what was typed of it, and where the caret goes. */
export function withName(text: string, caret: number, typing: Typing, name: string): { text: string; caret: number } {
  const before = `${text.slice(0, typing.at)}@${name} `;
  const after = text.slice(caret);
  return { text: before + after.replace(/^ /, ""), caret: before.length };
}

/** People whose name, or a part of it, begins with what was typed: names that begin with it first. */
export function matching(people: readonly ParticipantView[], query: string, most: number): ParticipantView[] {
  const wanted = folded(query);
  const rank = (name: string): number => {
    const whole = folded(name);
    if (whole.startsWith(wanted)) return 0;
    return whole.split(/\s+/).some((part) => part.startsWith(wanted)) ? 1 : 2;
  };
  return people
    .map((person) => ({ person, rank: rank(person.display_name) }))
    .filter((each) => each.rank < 2)
    .sort((a, b) => a.rank - b.rank || a.person.display_name.localeCompare(b.person.display_name))
    .slice(0, most)
    .map((each) => each.person);
}

/** Whom a text mentions: those who were picked, and those whose name stands there and is nobody else's. */
export function mentionsIn(
  text: string,
  picked: readonly Mention[],
  people: readonly ParticipantView[],
): readonly Mention[] {
  if (!text.includes("@")) return [];
  const taken = new Set(picked.map((each) => folded(each.display_name)));
  const typed = people.filter(
    (person) =>
      !taken.has(folded(person.display_name)) &&
      people.every((other) => other === person || folded(other.display_name) !== folded(person.display_name)),
  );
  const candidates: Mention[] = [
    ...picked,
    ...typed.map(({ id, display_name, is_erased }) => ({ participant_id: id, display_name, is_erased })),
  ];
  const found = new Map<string, Mention>();
  for (const { mention } of placesOf(text, candidates)) found.set(mention.participant_id, mention);
  return [...found.values()].slice(0, MOST_MENTIONS);
}

export interface Place {
  readonly from: number;
  readonly to: number;
  readonly mention: Mention;
}

/** Where in a text these people's names stand after an @; of two names that fit, the longer one. */
export function placesOf(text: string, mentions: readonly Mention[]): Place[] {
  const longestFirst = [...mentions].sort((a, b) => b.display_name.length - a.display_name.length);
  const places: Place[] = [];
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    if (WORD.test(text[at - 1] ?? "")) continue;
    const mention = longestFirst.find(({ display_name }) => standsAt(text, at + 1, display_name));
    if (mention) places.push({ from: at, to: at + 1 + mention.display_name.length, mention });
  }
  return places;
}

function standsAt(text: string, at: number, name: string): boolean {
  const end = at + name.length;
  return folded(text.slice(at, end)) === folded(name) && !WORD.test(text[end] ?? "");
}

function folded(name: string): string {
  return name.toLocaleLowerCase().normalize("NFC");
}
