// The frame of every page, what buttons say, and what went wrong.

import type { Words } from "../en";

export const actions: Words["actions"] = {
  cancel: "Abbrechen",
  close: "Schließen",
  dismiss: "Ausblenden",
  back: "Zurück",
  save: "Speichern",
  edit: "Bearbeiten",
  delete: "Löschen",
  retry: "Erneut versuchen",
  undo: "Rückgängig",
  copyLink: "Link kopieren",
  linkCopied: "Link kopiert",
  copyFailed: "Der Browser hat das Kopieren nicht erlaubt. Markieren Sie es, und kopieren Sie es von Hand.",
  loadMore: "Mehr anzeigen",
  for: (name) => `Aktionen für ${name}`,
};

export const errors: Words["errors"] = {
  offline: "Keine Verbindung zum Server. Prüfen Sie Ihr Netz und versuchen Sie es erneut.",
  timedOut: "Der Server hat zu lange nicht geantwortet. Versuchen Sie es erneut.",
  unreadable: "Die Antwort des Servers war nicht lesbar. Versuchen Sie es gleich noch einmal.",
  unexpectedTitle: "Das hätte nicht passieren dürfen",
  unexpected: "Hier ist etwas schiefgegangen. Laden Sie die Seite neu.",
  reload: "Seite neu laden",
  notFoundTitle: "Hier ist nichts",
  notFound: "Die Adresse ist vielleicht vertippt, oder was hier war, gibt es nicht mehr.",
  loadFailed: "Das konnte nicht geladen werden",
};

export const shell: Words["shell"] = {
  opening: "Wird geladen …",
  skip: "Zum Inhalt springen",
  navigation: "Hauptmenü",
  home: "Start",
  sessions: "Sitzungen",
  newSession: "Neue Sitzung",
  admin: "Verwaltung",
  account: "Konto",
  signIn: "Anmelden",
  register: "Konto anlegen",
  signOut: "Abmelden",
  signedInAs: (email) => `Angemeldet als ${email}`,
  theme: "Aussehen",
  themes: { system: "System", light: "Hell", dark: "Dunkel" },
  language: "Sprache",
  notifications: "Mitteilungen",
};
