// What was changed about a session, in words.

import { words } from "../words";
import { formatLanguage, formatMoment, formatNumber } from "../words/format";
import { isSame, timesOf, type Draft, type Switches } from "./form_model";

export type Changed = keyof Draft | keyof Switches;

/** The fields of the form in which two drafts differ, each switch by itself. */
export function changedFields(before: Draft, after: Draft): Changed[] {
  const { switches: old, ...plainBefore } = before;
  const { switches: now, ...plainAfter } = after;
  return [...namesOf(plainBefore, plainAfter), ...namesOf(old, now)];
}

function namesOf<T extends object>(before: T, after: T): (keyof T)[] {
  return (Object.keys(after) as (keyof T)[]).filter((name) => !isSame(before[name], after[name]));
}

/** For example: "Title: Geometry", "Chat: off", "Seats: 30". */
export function changesInWords(before: Draft, after: Draft): string[] {
  const lines = changedFields(before, after).map((name) => words.form.nowIs(nameOf(name), valueOf(name, after)));
  return [...new Set(lines)];
}

/** As the form calls it. */
export function nameOf(field: Changed): string {
  if (field in words.form.settings) return words.form.settings[field as keyof Switches].name;
  if (field === "when" || field === "date" || field === "time") return words.form.start;
  return words.form[
    field as "title" | "description" | "length" | "seats" | "language" | "languages" | "tags" | "opens"
  ];
}

function valueOf(field: Changed, draft: Draft): string {
  const { start, end } = timesOf(draft);
  switch (field) {
    case "when":
    case "date":
    case "time":
      return start ? formatMoment(start.toISOString()) : words.time.any;
    case "length":
      return end ? formatMoment(end.toISOString()) : words.form.noLength;
    case "seats":
      return formatNumber(Number(draft.seats));
    case "language":
      return formatLanguage(draft.language);
    case "languages":
      return draft.languages.map(formatLanguage).join(", ") || words.form.none;
    case "opens":
      return draft.opens === null ? words.form.opensAny : words.form.opensBefore(draft.opens);
    case "title":
    case "tags":
    case "description":
      return draft[field].trim() || words.form.none;
    default:
      return draft.switches[field as keyof Switches] ? words.form.on : words.form.off;
  }
}
