// Coming in, and waiting to.

import type { Words } from "../en";
import { number } from "../count";

export const join: Words["join"] = {
  title: "Unirse a una sesión",
  code: "Código de la sesión",
  placeholder: "K7MPQ2",
  go: "Continuar",
  join: "Unirse ahora",
  ask: "Pedir entrar",
  looking: "Buscando la sesión…",
  stray: (char) => `Los códigos no llevan «${char}». No se usan caracteres parecidos, como O y 0 o I y 1.`,
  name: "Su nombre",
  nameHint: "Así le verán los demás.",
  language: "Su idioma",
  host: (name) => `Anfitrión: ${name}`,
  inNow: (n, seats) =>
    n === 0
      ? "Aún no hay nadie"
      : seats
        ? `${number(n)} de ${number(seats)} plazas ocupadas`
        : `${number(n)} en la sala`,
  guests: "Puede unirse sin cuenta.",
  recordingAsks: "Si se graba, se le preguntará antes.",
  consent: "Acepto que se me grabe",
  needConsent: "Acepte la grabación para entrar.",
  needName: "Introduzca su nombre.",
  as: (name) => `Se unirá como ${name}`,
  haveAccount: "¿Tiene cuenta?",
  signInToJoin: "Acceder para unirse",
  comeBack: "Volver a la sala",
  joining: "Entrando…",
  anotherCode: "Usar otro código",
  stay: "Esta página cambia sola. Puede quedarse aquí.",
  opensIn: "Se abre en",
  /** Why not, or not yet, and what to know before. */
  why: {
    draft: "El anfitrión aún prepara esta sesión.",
    opens: (moment) => `Es demasiado pronto para entrar. Se abre: ${moment}.`,
    full: (seats) =>
      seats
        ? `Todas las plazas están ocupadas: ${number(seats)} de ${number(seats)}.`
        : "Todas las plazas están ocupadas.",
    locked: "Un anfitrión ha bloqueado la sala. Por ahora no puede entrar nadie más.",
    accountsOnly: "Esta sesión es para personas con cuenta. Acceda y volverá aquí.",
    ended: "Esta sesión ha terminado.",
    cancelled: (reason) => (reason ? `Esta sesión se canceló: ${reason}` : "Esta sesión se canceló."),
    banned: "Un anfitrión le ha vetado en esta sesión.",
    removed: "Un anfitrión le ha expulsado de esta sesión. Solo un anfitrión puede dejarle volver.",
    declined: "Un anfitrión no le ha admitido.",
    notFound: "Ninguna sesión tiene este código. Compruébelo con su anfitrión.",
    notStarted: "Todavía no ha empezado. Puede esperarla dentro.",
    paused: "La sesión está en pausa en este momento.",
    recording: "Esta sesión se está grabando.",
    approval: "El anfitrión admite a las personas una a una.",
  },
};

export const waiting: Words["waiting"] = {
  title: "Está en la sala de espera",
  hint: "Un anfitrión le dejará entrar. Esta página cambia sola.",
  byItself: "Entrará por sí solo en cuanto empiece la sesión. Puede esperar aquí.",
  position: (n) => (n === 1 ? "Es su turno a continuación" : `Su puesto en la fila: ${number(n)}`),
  from: "Del anfitrión",
  leave: "Salir",
  notBegun: "El anfitrión aún no la ha iniciado.",
  begun: "El anfitrión la ha iniciado.",
  paused: "El anfitrión la ha puesto en pausa.",
  callMe: "Avisarme cuando me admitan",
  called: "Se le avisará",
  letIn: "Le han dejado entrar",
};
