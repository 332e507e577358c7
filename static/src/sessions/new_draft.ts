// With what the form for a new session begins: as the address says, or as another session was. Pure.

import type { KindPreset, SessionKind, SessionView } from "../contract/types";
import { addDays, daysBetween, isDay, type Day } from "./calendar/days";
import { draftOf, emptyDraft, minutesOf, type Draft } from "./form_model";
import { KINDS } from "./kind_icons";

const WEEK = 7;
const MORNING = "09:00";

/** What ?kind=, ?start= and ?from= ask for. */
export interface Wish {
  kind: SessionKind;
  date: Day;
  time: string;
  /** The session of which this is to be another. */
  from: string | null;
}

export function wishFrom(query: URLSearchParams): Wish {
  const [date = "", time = ""] = (query.get("start") ?? "").split("T");
  return {
    kind: KINDS.find((each) => each === query.get("kind")) ?? "meeting",
    date: isDay(date) ? date : "",
    time: minutesOf(time) === null ? MORNING : time.slice(0, 5),
    from: query.get("from"),
  };
}

export function draftFor(wish: Wish, preset: KindPreset, language: string): Draft {
  const draft = emptyDraft(preset, language);
  return wish.date ? { ...draft, when: "planned", date: wish.date, time: wish.time } : draft;
}

/** The same once more: on the same day of the week, the next time it comes round. */
export function duplicateOf(session: SessionView, today: Day): Draft {
  const draft = draftOf(session);
  if (draft.when !== "planned") return { ...draft, when: "now" };
  const late = daysBetween(draft.date, today);
  const weeks = late < 0 ? 0 : Math.floor(late / WEEK) + 1;
  return { ...draft, date: addDays(draft.date, weeks * WEEK) };
}
