// The second factor of an account.

import type { Words } from "../en";
import { count } from "./count";

export const factor: Words["factor"] = {
  title: "Zweiter Faktor",
  hint: "Nach dem Passwort fragt die Anmeldung nach einem Code einer Authenticator-App.",
  turnOn: "Einschalten",
  renew: "Neue Wiederherstellungscodes",
  turnOff: "Ausschalten",
  password: "Ihr Passwort",
  scan: "Scannen Sie dies mit einer Authenticator-App und geben Sie den Code ein, den sie zeigt.",
  picture: "Ein QR-Code für Ihre Authenticator-App",
  orType: "Oder tippen Sie ein:",
  confirm: "Bestätigen",
  keepCodes:
    "Bewahren Sie diese Codes so auf, dass Sie sie ohne Ihr Telefon finden. Jeder gilt einmal. Sie werden nicht wieder angezeigt.",
  codes: "Wiederherstellungscodes",
  copyCodes: "Codes kopieren",
  codesCopied: "Codes kopiert",
  kept: "Ich habe sie aufbewahrt",
  isOn: (n) => `Er ist eingeschaltet. Noch ${count(n, "Wiederherstellungscode", "Wiederherstellungscodes")}.`,
};
