// Accounts.

import type { Words } from "../en";

export const identity: Words["identity"] = {
  signInTitle: "Hola de nuevo",
  signInHint: "Acceda para iniciar sesiones y ver las suyas.",
  registerTitle: "Crear una cuenta",
  registerHint: "Hacen falta un nombre, una dirección y una contraseña.",
  email: "Correo electrónico",
  emailOrUsername: "Correo electrónico o nombre de usuario",
  emailOrName: "Correo electrónico o nombre de usuario",
  password: "Contraseña",
  showPassword: "Mostrar la contraseña",
  hidePassword: "Ocultar la contraseña",
  passwordHint: "Al menos 10 caracteres.",
  name: "Su nombre",
  nameHint: "Así le verán los demás.",
  noAccount: "¿Aún no tiene cuenta?",
  haveAccount: "¿Ya tiene cuenta?",
  needEmail: "Introduzca su correo electrónico.",
  needEmailOrUsername: "Introduzca su correo electrónico o su nombre de usuario.",
  badEmail: "Esto no parece una dirección de correo.",
  needPassword: "Introduzca su contraseña.",
  shortPassword: "Use al menos 10 caracteres.",
  needName: "Introduzca su nombre.",
  signedOut: "Ha salido de su cuenta.",
  expired: "Su acceso ha caducado. Vuelva a acceder para continuar.",
};
