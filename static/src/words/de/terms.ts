// What is the same everywhere: times, kinds, states, roles.

import type { Words } from "../en";
import { count } from "./count";

export const brand = "Convene";

export const time: Words["time"] = {
  today: "Heute",
  tomorrow: "Morgen",
  yesterday: "Gestern",
  dayAt: (day, time) => `${day}, ${time}`,
  seconds: (n) => count(n, "Sekunde", "Sekunden"),
  minutes: (n) => count(n, "Minute", "Minuten"),
  hours: (n) => count(n, "Stunde", "Stunden"),
  days: (n) => count(n, "Tag", "Tage"),
  startsIn: (length) => `Beginn in: ${length}`,
  shouldHaveStarted: (length) => `Verspätung: ${length}`,
  from: (start, end) => `${start} – ${end}`,
  any: "Jederzeit",
};

export const kinds: Words["kinds"] = {
  meeting: { name: "Meeting", hint: "Alle reden mit. Wer den Link hat, kommt direkt herein." },
  class: { name: "Unterricht", hint: "Sie lassen alle einzeln ein. Anfangs sind alle stumm." },
  lecture: { name: "Vortrag", hint: "Eine Person spricht, viele hören zu. Einlass 30 Minuten vorher." },
  coding: { name: "Coding-Raum", hint: "Eine kleine Gruppe an einer Aufgabe. Nur mit Konto." },
  consultation: { name: "Beratung", hint: "Wenige Personen, vertraulich. Wird nie aufgezeichnet." },
};

export const statuses: Words["statuses"] = {
  draft: "Entwurf",
  scheduled: "Geplant",
  active: "Live",
  paused: "Unterbrochen",
  ended: "Beendet",
  cancelled: "Abgesagt",
};

export const roles: Words["roles"] = {
  host: "Host",
  co_host: "Co-Host",
  moderator: "Moderation",
  presenter: "Präsentation",
  attendee: "Teilnahme",
  instructor: "Kursleitung",
  learner: "Kursteilnahme",
  observer: "Beobachtung",
};

/** As in "Ben hat jetzt die Rolle ...". */
export const rolesAs: Words["rolesAs"] = roles;
