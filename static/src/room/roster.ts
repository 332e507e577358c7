// The people of a room in the order in which one looks for them. Pure.

import { computed } from "@preact/signals";

import type { ParticipantView } from "../contract/types";
import { locale } from "../words/locale";
import { isHostRole } from "./rights";
import { nameOf } from "../words/person_name";

export interface Roster {
  hosts: readonly ParticipantView[];
  /** Who wants the floor, in the order of asking. */
  hands: readonly ParticipantView[];
  others: readonly ParticipantView[];
}

type Compare = (a: ParticipantView, b: ParticipantView) => number;

const byName = computed((): Compare => {
  const { compare } = new Intl.Collator(locale.value, { sensitivity: "base", numeric: true });
  return (a, b) => compare(nameOf(a), nameOf(b)) || (a.id < b.id ? -1 : 1);
});

/** The order of names where the reader is. */
export function alphabetical(): Compare {
  return byName.value;
}

/** Everybody with a raised hand, the first to raise it first. */
export function handsOf(people: readonly ParticipantView[]): ParticipantView[] {
  const compare = alphabetical();
  return people
    .filter((each) => each.hand_raised_at)
    .sort((a, b) => Date.parse(a.hand_raised_at ?? "") - Date.parse(b.hand_raised_at ?? "") || compare(a, b));
}

/**
 * The roster of those whose name contains what is searched for. A host with a raised hand stays with the hosts; oneself
 * one finds first among the others.
 */
export function rosterOf(people: readonly ParticipantView[], me: string, search = ""): Roster {
  return grouped([...people].sort(alphabetical()), me, search);
}

/** The same of people who stand in alphabetical order already. */
export function grouped(sorted: readonly ParticipantView[], me: string, search = ""): Roster {
  const wanted = search.trim().toLocaleLowerCase();
  const found = wanted ? sorted.filter((each) => nameOf(each).toLocaleLowerCase().includes(wanted)) : sorted;
  const rest = found.filter((each) => !isHostRole(each.role));
  const others = rest.filter((each) => !each.hand_raised_at);
  return {
    hosts: found.filter((each) => isHostRole(each.role)),
    hands: handsOf(rest),
    others: [...others.filter(({ id }) => id === me), ...others.filter(({ id }) => id !== me)],
  };
}

/** The order on the stage: who leads, oneself, who wants the floor, then who came first. */
export function stageOrder(people: readonly ParticipantView[], me: string): ParticipantView[] {
  const compare = alphabetical();
  const weighed = people.map((person) => ({ person, weight: weightOf(person, me), since: sinceOf(person) }));
  weighed.sort((a, b) => a.weight - b.weight || a.since - b.since || compare(a.person, b.person));
  return weighed.map(({ person }) => person);
}

function weightOf({ id, role, hand_raised_at }: ParticipantView, me: string): number {
  if (role === "host") return 0;
  if (isHostRole(role) || role === "presenter") return 1;
  if (id === me) return 2;
  return hand_raised_at ? 3 : 4;
}

function sinceOf({ hand_raised_at, joined_at }: ParticipantView): number {
  return Date.parse(hand_raised_at ?? joined_at ?? "") || 0;
}
