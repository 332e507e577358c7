// Polls.

import { number } from "../count";
import { count } from "./count";

export const polls = {
  tab: "Polls",
  new: "New poll",
  question: "Question",
  questionHint: "Shall we take a break?",
  needQuestion: "Write a question.",
  answers: "Answers",
  answersHint: "Two to ten, each of up to 120 characters. Several lines that you paste become several answers.",
  answerAt: (n: number) => `Answer ${number(n)}`,
  addAnswer: "Add an answer",
  removeAnswer: (n: number) => `Remove answer ${number(n)}`,
  mostAnswers: "These are ten answers, more cannot be.",
  leftOut: (n: number) => `${count(n, "line has", "lines have")} no room: ten answers are the most.`,
  fewAnswers: "Write at least two answers.",
  longAnswer: (n: number) => `Too long by ${count(n, "character", "characters")}.`,
  sameAnswer: (n: number) => `The same as answer ${number(n)}.`,
  multiple: "More than one may be chosen",
  ask: "Ask the room",
  show: "Show poll",
  vote: "Vote",
  change: "Change my vote",
  close: "Close poll",
  closed: "closed",
  mine: "Your answer",
  voters: (n: number) => (n === 0 ? "Nobody has voted yet" : `${count(n, "person has", "people have")} voted`),
  votes: (n: number) => count(n, "vote", "votes"),
  open: (n: number) => `${count(n, "poll", "polls")} to vote in`,
  emptyTitle: "No polls yet",
  emptyHint: "When the room is asked something, you can vote here.",
  emptyHintHost: "Ask the room something. Everybody sees the answers as they come in.",
  results: (question: string) => `Results: ${question}`,
  answer: "Answer",
  share: "Votes",
};
