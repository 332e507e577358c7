// Polls.

import { count } from "./count";

export const polls = {
  tab: "Polls",
  new: "New poll",
  question: "Question",
  questionHint: "Shall we take a break?",
  needQuestion: "Write a question.",
  answers: "Answers",
  answersHint: "One to a line, two to ten.",
  wrongAnswers: {
    few: "Write at least two answers, each on its own line.",
    many: "Write ten answers at most.",
    same: "Two of the answers are the same.",
  },
  multiple: "More than one may be chosen",
  ask: "Ask the room",
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
