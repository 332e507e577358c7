// What is the same everywhere: times, kinds, states, roles.

import type { Words } from "../en";
import { count } from "./count";

export const brand = "Convene";

export const time: Words["time"] = {
  today: "Hoy",
  tomorrow: "Mañana",
  yesterday: "Ayer",
  dayAt: (day, time) => `${day}, ${time}`,
  seconds: (n) => count(n, "segundo", "segundos"),
  minutes: (n) => count(n, "minuto", "minutos"),
  hours: (n) => count(n, "hora", "horas"),
  days: (n) => count(n, "día", "días"),
  startsIn: (length) => `Empieza en ${length}`,
  shouldHaveStarted: (length) => `Debía empezar hace ${length}`,
  from: (start, end) => `${start} – ${end}`,
  any: "En cualquier momento",
};

export const kinds: Words["kinds"] = {
  meeting: { name: "Reunión", hint: "Todos hablan. Quien tenga el enlace entra directamente." },
  class: { name: "Clase", hint: "Usted admite a las personas una a una. Entran en silencio." },
  lecture: { name: "Conferencia", hint: "Una persona habla y muchas escuchan. Abre 30 minutos antes." },
  coding: { name: "Sala de programación", hint: "Un grupo pequeño y una tarea. Solo con cuenta." },
  consultation: { name: "Consulta", hint: "Pocas personas, en confianza. Nunca se graba." },
};

export const statuses: Words["statuses"] = {
  draft: "Borrador",
  scheduled: "Programada",
  active: "En vivo",
  paused: "En pausa",
  ended: "Finalizada",
  cancelled: "Cancelada",
};

export const roles: Words["roles"] = {
  host: "Anfitrión",
  co_host: "Coanfitrión",
  moderator: "Moderador",
  presenter: "Presentador",
  attendee: "Participante",
  instructor: "Docente",
  learner: "Estudiante",
  observer: "Observador",
};

/** As in "Ben tiene ahora el rol de ...". */
export const rolesAs: Words["rolesAs"] = {
  host: "anfitrión",
  co_host: "coanfitrión",
  moderator: "moderador",
  presenter: "presentador",
  attendee: "participante",
  instructor: "docente",
  learner: "estudiante",
  observer: "observador",
};
