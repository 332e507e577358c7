// Polls.

import type { Words } from "../en";
import { number } from "../count";
import { count } from "./count";

export const polls: Words["polls"] = {
  tab: "Umfragen",
  new: "Neue Umfrage",
  question: "Frage",
  questionHint: "Machen wir eine Pause?",
  needQuestion: "Schreiben Sie eine Frage.",
  answers: "Antworten",
  answersHint: "Zwei bis zehn, jede bis zu 120 Zeichen. Aus mehreren eingefügten Zeilen werden mehrere Antworten.",
  answerAt: (n: number) => `Antwort ${number(n)}`,
  addAnswer: "Antwort hinzufügen",
  removeAnswer: (n: number) => `Antwort ${number(n)} entfernen`,
  mostAnswers: "Das sind zehn Antworten, mehr gehen nicht.",
  leftOut: (n: number) => `${count(n, "Zeile hat", "Zeilen haben")} keinen Platz: Zehn Antworten sind das Höchste.`,
  fewAnswers: "Schreiben Sie mindestens zwei Antworten.",
  longAnswer: (n: number) => `Um ${count(n, "Zeichen", "Zeichen")} zu lang.`,
  sameAnswer: (n: number) => `Gleich wie Antwort ${number(n)}.`,
  multiple: "Mehrere Antworten möglich",
  ask: "Den Raum fragen",
  show: "Umfrage zeigen",
  vote: "Abstimmen",
  change: "Meine Stimme ändern",
  look: "Ergebnis zeigen",
  toBallot: "Zurück zu den Antworten",
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
