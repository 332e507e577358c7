// Why the server says no, by its code.

import type { Words } from "../en";
import { number } from "../count";
import { count } from "./count";

export const refusals: Words["refusals"] = {
  INTERNAL_ERROR: "Bei uns ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.",
  VALIDATION_ERROR: ({ reason }) =>
    reason ? `Etwas ist nicht richtig ausgefüllt. ${reason}` : "Etwas ist nicht richtig ausgefüllt.",
  UNAUTHENTICATED: () => "Melden Sie sich an oder treten Sie mit einem Code bei.",
  TOKEN_EXPIRED: "Ihre Anmeldung ist abgelaufen. Melden Sie sich erneut an, um weiterzumachen.",
  INVALID_CREDENTIALS: "E-Mail-Adresse oder Passwort ist nicht richtig.",
  REFRESH_TOKEN_REUSED: "Diese Anmeldung wurde an zwei Orten benutzt und deshalb beendet. Melden Sie sich erneut an.",
  FORBIDDEN: () => "Dazu haben Sie hier nicht das Recht.",
  ORIGIN_NOT_ALLOWED: "Diese Website nimmt von hier keine Anfragen an.",
  OUTRANKS_YOU: () => "Das geht nur bei Personen, deren Rolle unter Ihrer steht.",
  PARTICIPANT_MUTED: "Sie sind stummgeschaltet. Heben Sie die Hand, um sich zu Wort zu melden.",
  PARTICIPANT_WAITING: "Sie sind im Warteraum. Ein Host wird Sie einlassen.",
  PARTICIPANT_DECLINED: "Ein Host hat Sie nicht eingelassen.",
  PARTICIPANT_REMOVED: "Ein Host hat Sie aus dieser Sitzung entfernt.",
  PARTICIPANT_BANNED: "Ein Host hat Sie für diese Sitzung gesperrt.",
  NOT_JOINED: "Treten Sie der Sitzung zuerst bei.",
  GUESTS_NOT_ALLOWED: "Diese Sitzung ist nur mit Konto zugänglich. Melden Sie sich an und versuchen Sie es erneut.",
  CONSENT_REQUIRED: "Diese Sitzung wird aufgezeichnet. Stimmen Sie der Aufzeichnung zu, um hereinzukommen.",
  NOT_FOUND: "Das gibt es hier nicht oder nicht mehr.",
  SESSION_NOT_FOUND: "Diese Sitzung gibt es nicht. Prüfen Sie den Code oder den Link.",
  PARTICIPANT_NOT_FOUND: "Diese Person gehört nicht zur Sitzung.",
  MESSAGE_NOT_FOUND: "Diese Nachricht gibt es nicht mehr.",
  RECORDING_NOT_FOUND: "Diese Aufzeichnung gibt es nicht mehr.",
  USER_NOT_FOUND: "Dieses Konto gibt es nicht.",
  POLL_NOT_FOUND: "Diese Umfrage gibt es nicht mehr.",
  ROLE_NOT_FOUND: "Diese Rolle gibt es nicht.",
  ROLE_NOT_ASSIGNED: "Dieses Konto hat die Rolle nicht.",
  ROLE_EXISTS: "Eine Rolle mit diesem Schlüssel gibt es schon. Wählen Sie einen anderen.",
  ROLE_IN_USE: "Jemand hat diese Rolle noch. Nehmen Sie sie zuerst zurück.",
  LAST_ADMINISTRATOR: "Sonst könnte sich niemand um die Rollen kümmern. Geben Sie die Rolle zuerst jemand anderem.",
  SYSTEM_ROLE_IS_FIXED: "Diese Rolle gehört zum System und bleibt, wie sie ist. Legen Sie eine eigene an.",
  SESSION_CHANGED:
    "Jemand anderes hat diese Sitzung inzwischen geändert. Sehen Sie sie noch einmal an, dann speichern Sie.",
  WRONG_PASSWORD: "Das ist nicht Ihr Passwort.",
  SIGN_IN_AGAIN:
    "Ihre Anmeldung liegt zu lange zurück, um ein Passwort ohne ein altes zu setzen. Melden Sie sich neu an und setzen Sie es dann.",
  TENANT_NOT_FOUND: "Diese Organisation gibt es hier nicht. Prüfen Sie die Adresse.",
  INVITATION_NOT_FOUND: "Diese Einladung gibt es nicht, oder sie wurde schon benutzt.",
  TENANT_EXISTS: "Es gibt schon eine Organisation mit diesem Kurznamen. Wählen Sie einen anderen.",
  REGISTRATION_CLOSED: "Für ein Konto braucht es hier eine Einladung oder eine E-Mail-Adresse der Organisation.",
  SIGN_IN_NOT_FOUND: "Diese Anmeldung ist schon beendet.",
  API_KEY_NOT_FOUND: "Diesen Schlüssel gibt es nicht mehr.",
  LINK_NOT_VALID: "Dieser Link wurde schon benutzt oder ist abgelaufen. Fordern Sie einen neuen an.",
  PICTURE_NOT_READABLE:
    "Dieses Bild lässt sich nicht verwenden. Nehmen Sie ein JPEG, PNG, WebP oder GIF, das nicht zu groß ist.",
  MAIL_NOT_CONFIGURED: "Diese Seite verschickt keine E-Mails. Wenden Sie sich an die Betreiber.",
  REQUEST_TIMEOUT: "Die Anfrage hat zu lange zum Server gebraucht. Versuchen Sie es erneut.",
  CONFLICT: () => "Jemand war schneller. Sehen Sie nach und versuchen Sie es erneut.",
  INVALID_TRANSITION: () => "Das ist im jetzigen Zustand der Sitzung nicht möglich.",
  ALREADY_DECIDED: () => "Über diese Person ist schon entschieden.",
  ACCOUNT_INACTIVE: "Dieses Konto ist gesperrt. Geben Sie es zuerst wieder frei.",
  ACCOUNT_EXISTS: "Mit dieser E-Mail-Adresse oder diesem Benutzernamen gibt es schon ein Konto.",
  SECOND_FACTOR_REQUIRED: "Geben Sie den Code ein, den Ihre Authenticator-App zeigt.",
  WRONG_CODE: "Dieser Code stimmt nicht oder wurde schon verwendet. Warten Sie auf den nächsten.",
  OWNS_SESSIONS: "Diesem Konto gehören Sitzungen. Sagen Sie, wer sie übernimmt, oder dass sie archiviert werden.",
  RECORDING_EXISTS: "Es läuft schon eine Aufzeichnung.",
  RECORDING_STATE: () => "Das ist im jetzigen Zustand der Aufzeichnung nicht möglich.",
  PAYLOAD_TOO_LARGE: "Das ist zu viel auf einmal.",
  UNPROCESSABLE: () => "Eine Regel dieser Sitzung lässt das nicht zu.",
  SESSION_NOT_LIVE: "Die Sitzung läuft nicht.",
  SESSION_OVER: () => "Diese Sitzung ist zu Ende.",
  SESSION_NOT_OPEN: ({ opens }) =>
    opens ? `Es ist noch kein Einlass. Einlass ab: ${opens}.` : "Es ist noch kein Einlass.",
  SESSION_PAUSED: "Die Sitzung ist unterbrochen. Warten Sie, bis ein Host sie fortsetzt.",
  SESSION_LOCKED: "Ein Host hat den Raum abgeschlossen. Sonst kann niemand hereinkommen.",
  SESSION_FULL: "Alle Plätze dieser Sitzung sind besetzt.",
  WAITING_ROOM_FULL: "Es warten schon zu viele Personen. Versuchen Sie es später noch einmal.",
  CAPABILITY_OFF: () => "Das ist in dieser Sitzung ausgeschaltet.",
  POLL_CLOSED: "Diese Umfrage ist beendet.",
  TOO_MANY_POLLS: "Mehr Umfragen fasst diese Sitzung nicht.",
  LAST_HOST: "Eine Sitzung braucht einen Host. Geben Sie zuerst jemand anderem diese Rolle.",
  EDIT_WINDOW_CLOSED: "Diese Nachricht ist zu alt, um sie zu bearbeiten.",
  PROVIDER_REFUSED: "Die Anmeldung dort hat nicht geklappt. Beginnen Sie noch einmal.",
  PROVIDER_UNAVAILABLE:
    "Die Seite, bei der Sie sich anmelden wollen, antwortet nicht. Versuchen Sie es gleich noch einmal.",
  ADDRESS_NOT_VERIFIED:
    "Die Seite, von der Sie kommen, hat Ihre E-Mail-Adresse nicht bestätigt. Bestätigen Sie sie dort und versuchen Sie es noch einmal.",
  ACCOUNT_NOT_LINKED:
    "Mit dieser Adresse gibt es schon ein Konto. Melden Sie sich mit dessen Passwort an und bestätigen Sie die Adresse.",
  ACCOUNT_LOCKED: "Dieses Konto ist gesperrt. Wenden Sie sich an die Verwaltung.",
  IDENTITY_NOT_FOUND: "Diesen Weg zur Anmeldung gibt es nicht mehr.",
  LAST_WAY_IN: "Mit nichts anderem kann man sich bei diesem Konto anmelden. Setzen Sie erst ein Passwort.",
  RATE_LIMITED: ({ wait }) =>
    wait
      ? `Das war zu schnell. Wartezeit: ${wait}.`
      : "Das war zu schnell. Warten Sie einen Moment und versuchen Sie es erneut.",
  UNAVAILABLE: "Der Server kann das gerade nicht. Es wurde nichts geändert; versuchen Sie es gleich noch einmal.",
};

/** What is wrong with a field, by the server's sentence with its numbers left out. */
export const reasons: Words["reasons"] = {
  "is required": () => "Das wird gebraucht.",
  "must have at least N characters": (n) => `Mindestens ${count(n, "Zeichen", "Zeichen")}.`,
  "must have at most N characters": (n) => `Höchstens ${count(n, "Zeichen", "Zeichen")}.`,
  "must have at least N entries": (n) => `Mindestens ${count(n, "Eintrag", "Einträge")}.`,
  "must have at most N entries": (n) => `Höchstens ${count(n, "Eintrag", "Einträge")}.`,
  "does not have the required form": () => "Das hat nicht die richtige Form.",
  "must be a whole number": () => "Eine ganze Zahl.",
  "must be greater than or equal to N": (n) => `Mindestens ${number(n)}.`,
  "must be less than or equal to N": (n) => `Höchstens ${number(n)}.`,
  "must have something in it that can be seen": () => "Es muss etwas Sichtbares darin stehen.",
  "must not contain control characters": () => "Darin sind Zeichen, die sich nicht anzeigen lassen.",
  "must be the name of a time zone, for example Europe/Berlin": () => "Der Name einer Zeitzone, etwa Europe/Berlin.",
  "must all be different": () => "Alle müssen verschieden sein.",
  "must be after start_time": () => "Das Ende muss nach dem Beginn liegen.",
  "must be in the future": () => "Das muss in der Zukunft liegen.",
  "must lie between the years N and N": () => "Für diese Zeit lässt sich nichts planen.",
  "must be one option: this poll does not take several": () => "In dieser Umfrage ist nur eine Antwort möglich.",
  "say what you want to be called": () => "Geben Sie Ihren Namen ein.",
  "value is not a valid email address": () => "Das sieht nicht nach einer E-Mail-Adresse aus.",
};
