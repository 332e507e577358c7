// The calendar of sessions.

import type { Words } from "../en";
import { number } from "../count";
import { count } from "./count";

export const calendar: Words["calendar"] = {
  month: "Tage des Monats",
  week: "Stunden der Woche",
  before: { month: "Voriger Monat", week: "Vorige Woche" },
  after: { month: "Nächster Monat", week: "Nächste Woche" },
  day: (day, n) => (n === 0 ? `${day}, nichts geplant` : `${day}, ${count(n, "Sitzung", "Sitzungen")}`),
  more: (n) => `+${number(n)} weitere`,
  note: "Sitzungen ohne Beginn stehen nur in der Liste.",
  cut: (n) => `Die ersten ${number(n)} sind zu sehen. Setzen Sie einen Filter oder sehen Sie sich eine Woche an.`,
  emptyTitle: "Nichts geplant",
  emptyHint: "An diesen Tagen beginnt nichts.",
};
