// Polls.

import type { Words } from "../en";
import { count } from "./count";

export const polls: Words["polls"] = {
  tab: "Umfragen",
  new: "Neue Umfrage",
  question: "Frage",
  questionHint: "Machen wir eine Pause?",
  needQuestion: "Schreiben Sie eine Frage.",
  answers: "Antworten",
  answersHint: "Eine pro Zeile, zwei bis zehn.",
  wrongAnswers: {
    few: "Schreiben Sie mindestens zwei Antworten, jede in eine eigene Zeile.",
    many: "Schreiben Sie höchstens zehn Antworten.",
    same: "Zwei der Antworten sind gleich.",
  },
  multiple: "Mehrere Antworten möglich",
  ask: "Den Raum fragen",
  vote: "Abstimmen",
  change: "Meine Stimme ändern",
  close: "Umfrage beenden",
  closed: "beendet",
  mine: "Ihre Antwort",
  voters: (n) => (n === 0 ? "Noch hat niemand abgestimmt" : `${count(n, "Person hat", "Personen haben")} abgestimmt`),
  votes: (n) => count(n, "Stimme", "Stimmen"),
  open: (n) => count(n, "offene Umfrage", "offene Umfragen"),
  emptyTitle: "Noch keine Umfragen",
  emptyHint: "Wenn der Raum etwas gefragt wird, können Sie hier abstimmen.",
  emptyHintHost: "Fragen Sie den Raum etwas. Alle sehen die Antworten, sobald sie eintreffen.",
  results: (question) => `Ergebnis: ${question}`,
  answer: "Antwort",
  share: "Stimmen",
};
