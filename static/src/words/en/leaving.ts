// Deleting one's account.

import { number } from "../count";
import { count } from "./count";

export const leaving = {
  title: "Delete account",
  hint: "Your name, picture and address are gone for good. What you did in sessions stays, by a former participant.",
  ask: "Delete account…",
  what: "This cannot be undone. You are signed out everywhere. In sessions, chat and history you are “Former participant” from then on; what you wrote stays.",
  owns: (n: number) => `You own ${count(n, "session", "sessions")}`,
  more: (n: number) => `and ${number(n)} more`,
  fate: "What becomes of them?",
  archive: "Archive",
  archiveHint: "What is running ends, what is planned is called off. Their history stays.",
  reassign: "Hand over",
  reassignHint: "Somebody who runs one of them with you owns them all from then on.",
  successor: "Who takes over",
  confirm: "Delete for good",
  done: "Your account is deleted.",
};
