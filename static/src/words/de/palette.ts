// Doing something by its name or by a key.

import type { Words } from "../en";
import { number } from "../count";

export const palette: Words["palette"] = {
  title: "Befehle",
  open: "Suchen …",
  placeholder: "Befehl, Sitzung oder Code eingeben",
  results: "Ergebnisse",
  nothing: (typed) => `Nichts heißt „${typed}“`,
  nothingHint: "Versuchen Sie weniger Buchstaben oder ein anderes Wort.",
  found: (n) => (n === 1 ? "1 Ergebnis" : `${number(n)} Ergebnisse`),
  looking: "Sitzungen werden gesucht …",
  lookFailed: "Sitzungen konnten gerade nicht durchsucht werden.",
  move: "bewegen",
  choose: "wählen",
  close: "schließen",
  groups: {
    room: "Dieser Raum",
    go: "Gehen zu",
    sessions: "Sitzungen",
    page: "Diese Seite",
    appearance: "Aussehen",
    language: "Sprache",
    account: "Konto",
  },
  goTo: (place) => `Zu ${place}`,
  join: (code) => `${code} beitreten`,
  theme: (name) => `Aussehen: ${name}`,
  themeAlso: "Farben Modus hell dunkel Nacht",
  language: (name) => `Sprache: ${name}`,
  showChat: "Chat zeigen",
  showPeople: "Personen zeigen",
  showWaiting: "Wartende zeigen",
};

export const shortcuts: Words["shortcuts"] = {
  title: "Tastenkürzel",
  palette: "Befehle öffnen",
  help: "Tastenkürzel zeigen",
  everywhere: "Überall",
  singleKeys: "Einzelne Tasten",
  singleKeysHint: "Tasten ohne Strg oder ⌘. Schalten Sie sie aus, wenn Sie diktieren oder wenn sie stören.",
};
