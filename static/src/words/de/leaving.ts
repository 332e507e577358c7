// Deleting one's account.

import { number } from "../count";
import type { Words } from "../en";
import { count } from "./count";

export const leaving: Words["leaving"] = {
  title: "Konto löschen",
  hint: "Name, Bild und Adresse sind für immer weg. Was Sie in Sitzungen getan haben, bleibt, ohne Ihren Namen.",
  ask: "Konto löschen …",
  what: "Das lässt sich nicht rückgängig machen. Sie werden überall abgemeldet. In Sitzungen, Chat und Verlauf stehen Sie dann als „Ehemals dabei“; was Sie geschrieben haben, bleibt.",
  owns: (n) => `Ihnen ${n === 1 ? "gehört" : "gehören"} ${count(n, "Sitzung", "Sitzungen")}`,
  more: (n) => `und ${number(n)} weitere`,
  fate: "Was wird aus ihnen?",
  archive: "Archivieren",
  archiveHint: "Was läuft, endet; was geplant ist, wird abgesagt. Der Verlauf bleibt.",
  reassign: "Übergeben",
  reassignHint: "Jemand, der eine davon mit Ihnen leitet, bekommt sie alle.",
  successor: "Wer übernimmt",
  confirm: "Endgültig löschen",
  done: "Ihr Konto ist gelöscht.",
};
