// Coming in: registering by mail, the second step, other providers.

import type { Words } from "../en";

export const entry: Words["entry"] = {
  mailSentTitle: "Sehen Sie in Ihre E-Mails",
  mailSent: (email) => `Wir haben an ${email} geschrieben. Dort geht es weiter.`,
  mailSentHint: "Nichts angekommen? Sehen Sie im Spam-Ordner nach, oder prüfen Sie die Adresse.",
  otherAddress: "Andere Adresse verwenden",
  confirmTitle: "Registrierung abschließen",
  confirmHint: "Geben Sie das Passwort ein, das Sie bei der Registrierung gewählt haben.",
  startAgain: "Neu registrieren",
  needCode: "Geben Sie den Code ein.",
  secondTitle: "Der zweite Schritt",
  secondHint: "Geben Sie den Code ein, den Ihre Authenticator-App zeigt.",
  code: "Code",
  codeHint: "Sechs Ziffern, oder einer Ihrer Wiederherstellungscodes.",
  or: "oder",
  signInWith: (site: string) => `Mit ${site} anmelden`,
  linked: "Andere Seiten",
  linkedHint: "Wer Sie dort sind, meldet Sie hier an, ohne Ihr Passwort.",
  noneLinked: (site: string) => `Noch keine. Melden Sie sich einmal mit ${site} an, mit der Adresse dieses Kontos.`,
  linkedSince: (moment: string) => `Verknüpft ${moment}`,
  unlink: "Trennen",
  unlinkOne: (who: string) => `${who} trennen`,
  unlinked: (who: string) => `Mit ${who} kann man sich hier nicht mehr anmelden.`,
  onlyWayIn: "Ihr einziger Weg herein. Um ihn zu trennen, setzen Sie oben erst ein Passwort.",
};
