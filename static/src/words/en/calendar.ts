// The calendar of sessions.

import { number } from "../count";
import { count } from "./count";

export const calendar = {
  month: "Days of the month",
  week: "Hours of the week",
  before: { month: "Previous month", week: "Previous week" },
  after: { month: "Next month", week: "Next week" },
  day: (day: string, n: number) => (n === 0 ? `${day}, nothing planned` : `${day}, ${count(n, "session", "sessions")}`),
  more: (n: number) => `+${number(n)} more`,
  note: "Sessions without a start time are in the list only.",
  cut: (n: number) => `The first ${number(n)} are shown. Set a filter, or look at a week.`,
  emptyTitle: "Nothing planned",
  emptyHint: "Nothing starts on these days.",
};
