// Polls.

import type { Words } from "../en";
import { number } from "../count";
import { count } from "./count";

export const polls: Words["polls"] = {
  tab: "Encuestas",
  new: "Nueva encuesta",
  question: "Pregunta",
  questionHint: "¿Hacemos una pausa?",
  needQuestion: "Escriba una pregunta.",
  answers: "Respuestas",
  answersHint: "De dos a diez, de hasta 120 caracteres. Varias líneas pegadas son varias respuestas.",
  answerAt: (n: number) => `Respuesta ${number(n)}`,
  addAnswer: "Añadir una respuesta",
  removeAnswer: (n: number) => `Quitar la respuesta ${number(n)}`,
  mostAnswers: "Son diez respuestas, no puede haber más.",
  leftOut: (n: number) => `${count(n, "línea no cabe", "líneas no caben")}: diez respuestas es lo máximo.`,
  fewAnswers: "Escriba al menos dos respuestas.",
  longAnswer: (n: number) => `Sobran ${count(n, "carácter", "caracteres")}.`,
  sameAnswer: (n: number) => `Igual que la respuesta ${number(n)}.`,
  multiple: "Se puede elegir más de una",
  ask: "Preguntar a la sala",
  show: "Ver la encuesta",
  vote: "Votar",
  change: "Cambiar mi voto",
  look: "Ver resultados",
  toBallot: "Volver a las respuestas",
  close: "Cerrar la encuesta",
  closed: "cerrada",
  mine: "Su respuesta",
  voters: (n) => (n === 0 ? "Aún no ha votado nadie" : `${count(n, "persona ha", "personas han")} votado`),
  votes: (n) => count(n, "voto", "votos"),
  open: (n) => count(n, "encuesta abierta", "encuestas abiertas"),
  emptyTitle: "Aún no hay encuestas",
  emptyHint: "Cuando se pregunte algo a la sala, podrá votar aquí.",
  emptyHintHost: "Pregunte algo a la sala. Todos ven las respuestas a medida que llegan.",
  results: (question) => `Resultados: ${question}`,
  answer: "Respuesta",
  share: "Votos",
};
