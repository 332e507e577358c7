// The second factor of an account.

import type { Words } from "../en";
import { count } from "./count";

export const factor: Words["factor"] = {
  title: "Segundo factor",
  hint: "Después de la contraseña se pide un código de una aplicación de autenticación.",
  turnOn: "Activar",
  renew: "Nuevos códigos de recuperación",
  turnOff: "Desactivar",
  password: "Su contraseña",
  scan: "Escanéelo con una aplicación de autenticación e introduzca el código que muestra.",
  picture: "Un código QR para su aplicación de autenticación",
  orType: "O escriba:",
  confirm: "Confirmar",
  keepCodes:
    "Guarde estos códigos donde los encuentre sin su teléfono. Cada uno sirve una vez. No se vuelven a mostrar.",
  codes: "Códigos de recuperación",
  copyCodes: "Copiar los códigos",
  codesCopied: "Códigos copiados",
  kept: "Los he guardado",
  isOn: (n) =>
    `Está activado. ${n === 1 ? "Queda" : "Quedan"} ${count(n, "código de recuperación", "códigos de recuperación")}.`,
};
