// Coming in, and waiting to.

import { number } from "../count";

export const join = {
  title: "Join a session",
  code: "Session code",
  placeholder: "K7MPQ2",
  go: "Continue",
  join: "Join now",
  ask: "Ask to join",
  looking: "Looking up the session…",
  stray: (char: string) => `Codes have no “${char}”. Look-alikes such as O and 0, I and 1 are left out.`,
  name: "Your name",
  nameHint: "This is how others see you.",
  language: "Your language",
  host: (name: string) => `Hosted by ${name}`,
  inNow: (n: number, seats: number | null) =>
    n === 0 ? "Nobody is in yet" : seats ? `${number(n)} of ${number(seats)} are in` : `${number(n)} in`,
  guests: "You can join without an account.",
  recordingAsks: "If it is recorded, you are asked first.",
  consent: "I agree to being recorded",
  needConsent: "Agree to being recorded to come in.",
  needName: "Enter your name.",
  as: (name: string) => `You join as ${name}`,
  haveAccount: "Have an account?",
  signInToJoin: "Sign in to join",
  comeBack: "Come back into the room",
  joining: "Joining…",
  anotherCode: "Use another code",
  stay: "This page changes by itself. You can stay here.",
  opensIn: "Doors open in",
  /** Why not, or not yet, and what to know before. */
  why: {
    draft: "The host is still preparing this session.",
    opens: (moment: string) => `It is too early to come in. The doors open: ${moment}.`,
    full: (seats: number | null) =>
      seats ? `Every seat is taken: ${number(seats)} of ${number(seats)}.` : "Every seat is taken.",
    locked: "A host has locked this session. Nobody else can come in for now.",
    accountsOnly: "This session is for people with an account. Sign in, and you come back here.",
    ended: "This session has ended.",
    cancelled: (reason: string | null) =>
      reason ? `This session was cancelled: ${reason}` : "This session was cancelled.",
    banned: "A host has banned you from this session.",
    removed: "A host removed you from this session. Only a host can let you back in.",
    declined: "A host did not let you in.",
    notFound: "No session has this code. Check it with your host.",
    notStarted: "It has not started yet. You can wait for it inside.",
    paused: "The session is paused at the moment.",
    recording: "This session is being recorded.",
    approval: "The host lets people in one by one.",
  },
};

export const waiting = {
  title: "You are in the waiting room",
  hint: "A host will let you in. This page changes by itself.",
  byItself: "You come in by yourself as soon as the session starts. You can stay here.",
  position: (n: number) => (n === 1 ? "You are next" : `You are number ${number(n)} in line`),
  from: "From the host",
  leave: "Leave",
  notBegun: "The host has not started it yet.",
  begun: "The host has started it.",
  paused: "The host has paused it.",
  callMe: "Tell me when I am let in",
  called: "You will be told",
  letIn: "You have been let in",
};
