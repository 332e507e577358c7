// Moving from day to day by keyboard, as in every calendar. Pure.

import { addDays, addMonths, daysBetween, weekOf, type Day } from "./days";

/** The day that a key leads to from this one; null if the key means nothing here. */
export function dayAfterKey(key: string, day: Day, firstWeekday: number, isRightToLeft: boolean): Day | null {
  const week = weekOf(day, firstWeekday);
  const forward = isRightToLeft ? -1 : 1;
  switch (key) {
    case "ArrowRight":
      return addDays(day, forward);
    case "ArrowLeft":
      return addDays(day, -forward);
    case "ArrowDown":
      return addDays(day, 7);
    case "ArrowUp":
      return addDays(day, -7);
    case "Home":
      return week[0] ?? day;
    case "End":
      return week[6] ?? day;
    case "PageDown":
      return addMonths(day, 1);
    case "PageUp":
      return addMonths(day, -1);
    default:
      return null;
  }
}

/** The day that can be reached by Tab: the one asked for if it is shown, else the first. */
export function reachableDay(days: readonly Day[], at: Day): Day {
  const first = days[0] ?? at;
  const i = daysBetween(first, at);
  return days[i] ?? first;
}
