// The first page.

import type { Words } from "../en";

export const home: Words["home"] = {
  title: "Treffen, lehren, gemeinsam entscheiden",
  lead: "Ein Link, keine Installation. Starten Sie eine Sitzung oder treten Sie mit dem Code einer anderen bei.",
  greeting: (name) => `Hallo, ${name}`,
  greetingHint: "Treten Sie mit einem Code bei oder öffnen Sie eine Ihrer Sitzungen.",
  joinTitle: "Einer Sitzung beitreten",
  joinHint: "Sechs Buchstaben und Ziffern aus Ihrer Einladung.",
  mine: "Ihre Sitzungen",
  parts: { live: "Läuft jetzt", today: "Heute", next: "Demnächst", recent: "Zuletzt" },
  all: "Alle anzeigen",
  emptyTitle: "Noch keine Sitzungen",
  emptyHint: "Starten Sie jetzt eine oder planen Sie sie für später. Sie bekommen einen Link zum Weitergeben.",
  points: [
    { title: "Sie entscheiden, wer hereinkommt", text: "Ein Warteraum, aus dem Sie mit einem Klick einlassen." },
    {
      title: "Nichts geht verloren",
      text: "Reißt die Verbindung ab, kommt sie von selbst zurück – mit allem Verpassten.",
    },
    { title: "Aufzeichnen nur mit Ja", text: "Alle sehen, wenn aufgezeichnet wird, und werden vorher gefragt." },
  ],
};
