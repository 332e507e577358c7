// Deleting one's account.

import { number } from "../count";
import type { Words } from "../en";
import { count } from "./count";

export const leaving: Words["leaving"] = {
  title: "Eliminar la cuenta",
  hint: "Su nombre, foto y dirección desaparecen para siempre. Lo que hizo en las sesiones queda, sin su nombre.",
  ask: "Eliminar la cuenta…",
  what: "No se puede deshacer. Se cerrará su acceso en todas partes. En sesiones, chat e historial figurará como «Antiguo participante»; lo que escribió queda.",
  owns: (n) => `Tiene ${count(n, "sesión", "sesiones")}`,
  more: (n) => `y ${number(n)} más`,
  fate: "¿Qué se hace con ellas?",
  archive: "Archivar",
  archiveHint: "Lo que está en curso termina y lo previsto se cancela. El historial queda.",
  reassign: "Traspasar",
  reassignHint: "Alguien que dirige una de ellas con usted pasa a tenerlas todas.",
  successor: "Quién se hace cargo",
  confirm: "Eliminar para siempre",
  done: "Su cuenta se ha eliminado.",
};
