// Two people have changed the same session: what of it goes together, and what does not. Pure.

import { changedFields, type Changed } from "./changes";
import type { Draft, Switches } from "./form_model";

export interface Merged {
  /** What they have made of it, with what was changed here on top. */
  draft: Draft;
  /** What both have changed, and not to the same. */
  clashes: Changed[];
}

/** `before` is what both began with. */
export function merge(before: Draft, mine: Draft, theirs: Draft): Merged {
  const own = changedFields(before, mine);
  const open = new Set(changedFields(mine, theirs));
  const others = new Set(changedFields(before, theirs));
  return {
    draft: withFields(theirs, mine, own),
    clashes: own.filter((field) => others.has(field) && open.has(field)),
  };
}

/** A draft with these of its fields as they are in another. */
export function withFields(draft: Draft, from: Draft, fields: readonly Changed[]): Draft {
  const isSwitch = (field: Changed): field is keyof Switches => field in from.switches;
  const pick = (source: object, names: readonly Changed[]) =>
    Object.fromEntries(Object.entries(source).filter(([name]) => names.some((each) => each === name)));
  return {
    ...draft,
    ...(pick(
      from,
      fields.filter((field) => !isSwitch(field)),
    ) as Partial<Draft>),
    switches: { ...draft.switches, ...(pick(from.switches, fields.filter(isSwitch)) as Partial<Switches>) },
  };
}
