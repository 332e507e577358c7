// Accounts.

import type { Words } from "../en";

export const identity: Words["identity"] = {
  signInTitle: "Willkommen zurück",
  signInHint: "Melden Sie sich an, um Sitzungen zu starten und Ihre zu sehen.",
  registerTitle: "Konto anlegen",
  registerHint: "Dafür braucht es einen Namen, eine Adresse und ein Passwort.",
  email: "E-Mail-Adresse",
  emailOrUsername: "E-Mail-Adresse oder Benutzername",
  emailOrName: "E-Mail-Adresse oder Benutzername",
  password: "Passwort",
  showPassword: "Passwort anzeigen",
  hidePassword: "Passwort verbergen",
  passwordHint: "Mindestens 10 Zeichen.",
  name: "Ihr Name",
  nameHint: "Dieser Name wird den anderen angezeigt.",
  noAccount: "Noch kein Konto?",
  haveAccount: "Sie haben schon ein Konto?",
  needEmail: "Geben Sie Ihre E-Mail-Adresse ein.",
  needEmailOrUsername: "Geben Sie Ihre E-Mail-Adresse oder Ihren Benutzernamen ein.",
  badEmail: "Das sieht nicht nach einer E-Mail-Adresse aus.",
  needPassword: "Geben Sie Ihr Passwort ein.",
  shortPassword: "Nehmen Sie mindestens 10 Zeichen.",
  needName: "Geben Sie Ihren Namen ein.",
  signedOut: "Sie sind abgemeldet.",
  expired: "Ihre Anmeldung ist abgelaufen. Melden Sie sich erneut an, um weiterzumachen.",
};
