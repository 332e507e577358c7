// The calendar of sessions.

import type { Words } from "../en";
import { number } from "../count";
import { count } from "./count";

export const calendar: Words["calendar"] = {
  month: "Días del mes",
  week: "Horas de la semana",
  before: { month: "Mes anterior", week: "Semana anterior" },
  after: { month: "Mes siguiente", week: "Semana siguiente" },
  day: (day, n) => (n === 0 ? `${day}, nada previsto` : `${day}, ${count(n, "sesión", "sesiones")}`),
  more: (n) => `+${number(n)} más`,
  note: "Las sesiones sin hora de inicio solo están en la lista.",
  cut: (n) => `Se muestran las primeras ${number(n)}. Ponga un filtro o mire una semana.`,
  emptyTitle: "Nada previsto",
  emptyHint: "En estos días no empieza nada.",
};
