// Coming in, and waiting to.

import type { Words } from "../en";
import { number } from "../count";

export const join: Words["join"] = {
  title: "Einer Sitzung beitreten",
  code: "Sitzungscode",
  placeholder: "K7MPQ2",
  go: "Weiter",
  join: "Jetzt beitreten",
  ask: "Um Einlass bitten",
  looking: "Sitzung wird gesucht …",
  stray: (char) => `In Codes gibt es kein „${char}“. Verwechselbare Zeichen wie O und 0, I und 1 kommen nicht vor.`,
  name: "Ihr Name",
  nameHint: "Dieser Name wird den anderen angezeigt.",
  language: "Ihre Sprache",
  host: (name) => `Host: ${name}`,
  inNow: (n, seats) =>
    n === 0
      ? "Noch niemand im Raum"
      : seats
        ? `${number(n)} von ${number(seats)} Plätzen besetzt`
        : `${number(n)} im Raum`,
  guests: "Sie können ohne Konto beitreten.",
  recordingAsks: "Falls aufgezeichnet wird, werden Sie vorher gefragt.",
  consent: "Ich bin mit der Aufzeichnung einverstanden",
  needConsent: "Stimmen Sie der Aufzeichnung zu, um hereinzukommen.",
  needName: "Geben Sie Ihren Namen ein.",
  as: (name) => `Sie treten als ${name} bei`,
  haveAccount: "Sie haben ein Konto?",
  signInToJoin: "Zum Beitreten anmelden",
  comeBack: "Zurück in den Raum",
  joining: "Sie treten bei …",
  anotherCode: "Anderen Code verwenden",
  stay: "Diese Seite ändert sich von selbst. Sie können hierbleiben.",
  opensIn: "Einlass in",
  /** Why not, or not yet, and what to know before. */
  why: {
    draft: "Der Host bereitet diese Sitzung noch vor.",
    opens: (moment) => `Es ist noch zu früh. Einlass: ${moment}.`,
    full: (seats) =>
      seats ? `Alle Plätze sind besetzt: ${number(seats)} von ${number(seats)}.` : "Alle Plätze sind besetzt.",
    locked: "Ein Host hat den Raum abgeschlossen. Zurzeit kann sonst niemand herein.",
    accountsOnly: "Für diese Sitzung brauchen Sie ein Konto. Melden Sie sich an; danach sind Sie wieder hier.",
    ended: "Diese Sitzung ist beendet.",
    cancelled: (reason) => (reason ? `Diese Sitzung wurde abgesagt: ${reason}` : "Diese Sitzung wurde abgesagt."),
    banned: "Ein Host hat Sie für diese Sitzung gesperrt.",
    removed: "Ein Host hat Sie aus dieser Sitzung entfernt. Nur ein Host kann Sie wieder einlassen.",
    declined: "Ein Host hat Sie nicht eingelassen.",
    notFound: "Keine Sitzung hat diesen Code. Fragen Sie Ihren Host danach.",
    notStarted: "Die Sitzung hat noch nicht begonnen. Sie können drinnen darauf warten.",
    paused: "Die Sitzung ist gerade unterbrochen.",
    recording: "Diese Sitzung wird aufgezeichnet.",
    approval: "Der Host lässt alle einzeln ein.",
  },
};

export const waiting: Words["waiting"] = {
  title: "Sie sind im Warteraum",
  hint: "Ein Host wird Sie einlassen. Diese Seite ändert sich von selbst.",
  byItself: "Sie kommen von selbst hinein, sobald die Sitzung beginnt. Sie können hier warten.",
  position: (n) => (n === 1 ? "Sie sind als Nächstes an der Reihe" : `Sie sind Nummer ${number(n)} in der Reihe`),
  from: "Vom Host",
  leave: "Verlassen",
  notBegun: "Der Host hat die Sitzung noch nicht begonnen.",
  begun: "Der Host hat sie begonnen.",
  paused: "Der Host hat sie angehalten.",
  callMe: "Beim Einlass benachrichtigen",
  called: "Sie werden benachrichtigt",
  letIn: "Sie wurden eingelassen",
};
