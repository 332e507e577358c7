// The people of a room in the order in which one looks for them. Pure.

import type { ParticipantView } from "../contract/types";
import { isHostRole } from "./rights";

export interface Roster {
  hosts: readonly ParticipantView[];
  /** Who wants the floor, in the order of asking. */
  hands: readonly ParticipantView[];
  others: readonly ParticipantView[];
}

const byName = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

function alphabetical(a: ParticipantView, b: ParticipantView): number {
  return byName.compare(a.display_name, b.display_name) || (a.id < b.id ? -1 : 1);
}

/** Everybody with a raised hand, the first to raise it first. */
export function handsOf(people: readonly ParticipantView[]): ParticipantView[] {
  return people
    .filter((each) => each.hand_raised_at)
    .sort((a, b) => Date.parse(a.hand_raised_at ?? "") - Date.parse(b.hand_raised_at ?? "") || alphabetical(a, b));
}

/** The roster of those whose name contains what is searched for. A host with a raised hand stays with the hosts. */
export function rosterOf(people: readonly ParticipantView[], search = ""): Roster {
  const wanted = search.trim().toLocaleLowerCase();
  const found = wanted ? people.filter((each) => each.display_name.toLocaleLowerCase().includes(wanted)) : people;
  const hosts = found.filter((each) => isHostRole(each.role)).sort(alphabetical);
  const rest = found.filter((each) => !isHostRole(each.role));
  const hands = handsOf(rest);
  const others = rest.filter((each) => !each.hand_raised_at).sort(alphabetical);
  return { hosts, hands, others };
}

/** The order on the stage: who leads, who wants the floor, then who came first. */
export function stageOrder(people: readonly ParticipantView[]): ParticipantView[] {
  const weight = (each: ParticipantView): number => {
    if (each.role === "host") return 0;
    if (each.role === "co_host" || each.role === "presenter") return 1;
    return each.hand_raised_at ? 2 : 3;
  };
  const since = (each: ParticipantView): number => Date.parse(each.hand_raised_at ?? each.joined_at ?? "") || 0;
  return [...people].sort((a, b) => weight(a) - weight(b) || since(a) - since(b) || alphabetical(a, b));
}
