// Doing something by its name or by a key.

import { number } from "../count";

export const palette = {
  title: "Commands",
  open: "Search…",
  placeholder: "Type a command, a session or a code",
  results: "Results",
  nothing: (typed: string) => `Nothing is called “${typed}”`,
  nothingHint: "Try fewer letters, or another word.",
  found: (n: number) => (n === 1 ? "1 result" : `${number(n)} results`),
  looking: "Looking for sessions…",
  lookFailed: "Sessions could not be searched just now.",
  move: "to move",
  choose: "to choose",
  close: "to close",
  groups: {
    room: "This room",
    go: "Go to",
    sessions: "Sessions",
    page: "This page",
    appearance: "Appearance",
    language: "Language",
    account: "Account",
  },
  goTo: (place: string) => `Go to ${place}`,
  join: (code: string) => `Join ${code}`,
  theme: (name: string) => `Theme: ${name}`,
  themeAlso: "colours appearance mode bright night",
  language: (name: string) => `Language: ${name}`,
  showChat: "Show the chat",
  showPeople: "Show the people",
  showWaiting: "Show who is waiting",
};

export const shortcuts = {
  title: "Keyboard shortcuts",
  palette: "Open the commands",
  help: "Show the shortcuts",
  everywhere: "Everywhere",
  singleKeys: "Single keys",
  singleKeysHint: "Keys without Ctrl or ⌘. Turn them off if you dictate or if they get in your way.",
};
