// Polls.

import type { Words } from "../en";
import { count } from "./count";

export const polls: Words["polls"] = {
  tab: "Encuestas",
  new: "Nueva encuesta",
  question: "Pregunta",
  questionHint: "¿Hacemos una pausa?",
  needQuestion: "Escriba una pregunta.",
  answers: "Respuestas",
  answersHint: "Una por línea, de dos a diez.",
  wrongAnswers: {
    few: "Escriba al menos dos respuestas, cada una en su línea.",
    many: "Escriba diez respuestas como máximo.",
    same: "Dos de las respuestas son iguales.",
  },
  multiple: "Se puede elegir más de una",
  ask: "Preguntar a la sala",
  vote: "Votar",
  change: "Cambiar mi voto",
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
