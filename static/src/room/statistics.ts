// A session in numbers: which of them are shown, in which order. Pure.

import type { components } from "../contract/rest";
import type { Full, RoomState } from "../contract/types";

export type SessionStatistics = Full<components["schemas"]["SessionStatistics"]>;
export type PersonStatistics = Full<components["schemas"]["PersonStatistics"]>;
export type StatisticsSort = "time" | "messages" | "hands" | "name";

export const COUNTS = [
  "present",
  "peak",
  "people",
  "waiting",
  "members",
  "guests",
  "muted",
  "hidden",
  "hands",
  "hands_raised",
  "messages",
  "polls",
] as const;
export type CountName = (typeof COUNTS)[number];

/** The counts to show: what was read, with what the room's own state knows better by now. */
export function countsOf(read: SessionStatistics, state: RoomState): Record<CountName, number> {
  const { guests, hidden, muted, hands } = ofRoom(read, state);
  return {
    present: state.present,
    peak: Math.max(read.peak, state.present),
    people: Math.max(read.people, state.present),
    waiting: state.audience === "hosts" ? Object.keys(state.waiting).length : read.waiting,
    members: state.present - guests,
    guests,
    muted,
    hidden,
    hands,
    hands_raised: read.hands_raised,
    messages: read.messages,
    polls: Object.keys(state.polls).length,
  };
}

type InRoom = Pick<SessionStatistics, "guests" | "hidden" | "muted" | "hands">;

/** A large room does not tell everybody: then it is as it was read. */
function ofRoom(read: SessionStatistics, { roster, participants }: RoomState): InRoom {
  if (roster === "summary") return read;
  const people = Object.values(participants);
  return {
    guests: people.filter((each) => each.user_id === null).length,
    hidden: people.filter((each) => each.is_hidden).length,
    muted: people.filter((each) => each.is_muted).length,
    hands: people.filter((each) => each.hand_raised_at !== null).length,
  };
}
