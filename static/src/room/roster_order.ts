// Keeps a large crowd in alphabetical order without sorting it for every raised hand: the order is found anew only when
// somebody comes, goes or is called otherwise.

import type { ParticipantView, Uuid } from "../contract/types";
import { alphabetical } from "./roster";

type People = Readonly<Record<Uuid, ParticipantView>>;

export function createOrder(): (people: People) => ParticipantView[] {
  let known: readonly ParticipantView[] = [];
  let compare = alphabetical();

  return (people) => {
    const count = Object.keys(people).length;
    const same = known.flatMap(({ id, display_name }) => {
      const now = people[id];
      return now?.display_name === display_name ? [now] : [];
    });
    const isSame = same.length === known.length && same.length === count && compare === alphabetical();
    compare = alphabetical();
    known = isSame ? same : Object.values(people).sort(compare);
    return [...known];
  };
}
