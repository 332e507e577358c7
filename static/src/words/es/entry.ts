// Coming in: registering by mail, the second step, other providers.

import type { Words } from "../en";

export const entry: Words["entry"] = {
  mailSentTitle: "Mire su correo",
  mailSent: (email) => `Hemos escrito a ${email}. Siga desde allí.`,
  mailSentHint: "¿No ha llegado nada? Mire en la carpeta de correo no deseado o revise la dirección.",
  otherAddress: "Usar otra dirección",
  confirmTitle: "Termine de crear su cuenta",
  confirmHint: "Introduzca la contraseña que eligió al registrarse.",
  startAgain: "Registrarse de nuevo",
  needCode: "Introduzca el código.",
  secondTitle: "El segundo paso",
  secondHint: "Introduzca el código que muestra su aplicación de autenticación.",
  code: "Código",
  codeHint: "Seis cifras, o uno de sus códigos de recuperación.",
  or: "o",
  signInWith: (site: string) => `Iniciar sesión con ${site}`,
  linked: "Otros sitios",
  linkedHint: "Quien es usted allí le permite entrar aquí, sin su contraseña.",
  noneLinked: (site: string) => `Todavía ninguno. Inicie sesión una vez con ${site}, con la dirección de esta cuenta.`,
  linkedSince: (moment: string) => `Vinculado ${moment}`,
  unlink: "Desvincular",
  unlinkOne: (who: string) => `Desvincular ${who}`,
  unlinked: (who: string) => `${who} ya no permite iniciar sesión aquí.`,
  onlyWayIn: "Su única forma de entrar. Para desvincularla, establezca antes una contraseña más arriba.",
};
