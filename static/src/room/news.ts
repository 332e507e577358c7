// What of the events just applied is worth saying, for live regions and toasts. Pure.

import type { Frame } from "../contract/events";
import type { RoomState, Uuid } from "../contract/types";
import { words } from "../words";

export interface News {
  /** Read out; the room itself shows it. */
  spoken: string[];
  /** That others wrote: said unless what they wrote is read out where it stands. */
  written: string[];
  /** Shown as toasts (and read out by them): what was done to me, and what I am asked. */
  shown: string[];
}

const MANY = 3;

/** `before` and `after` are the states around the frames; names of those who left are found in the one before. */
export function newsOf(frames: readonly Frame[], before: RoomState | null, after: RoomState, me: Uuid): News {
  const nameOf = (id: Uuid): string =>
    after.participants[id]?.display_name ?? before?.participants[id]?.display_name ?? words.history.somebody;
  const news: News = { spoken: [], written: [], shown: [] };
  const joined: string[] = [];
  const left: string[] = [];
  const hands: string[] = [];
  const knocked: string[] = [];

  for (const frame of frames) {
    // In a room so large that nobody is told everybody, somebody always comes or goes.
    const isNoticed = after.roster === "full";
    if (isNoticed && frame.type === "participant:joined" && frame.data.participant.id !== me)
      joined.push(frame.data.participant.display_name);
    if (isNoticed && frame.type === "participant:left" && frame.data.participant_id !== me)
      left.push(nameOf(frame.data.participant_id));
    if (frame.type === "participant:hand_raised" && frame.data.participant_id !== me)
      hands.push(nameOf(frame.data.participant_id));
    if (frame.type === "waiting_room:updated" && frame.data.waiting) knocked.push(frame.data.waiting.display_name);
    if (frame.type === "chat:sent" && frame.data.message.participant_id !== me) {
      news.written.push(words.announce.wrote(frame.data.message.display_name));
    }
    if (frame.type === "poll:created" && frame.actor !== me)
      news.shown.push(words.announce.asked(frame.data.poll.question));
    const own = ownNews(frame, me);
    if (own) news.shown.push(own);
    const ofAll = roomNews(frame, me);
    if (ofAll) news.spoken.push(ofAll);
  }
  news.spoken.push(
    ...some(joined, words.announce.joined, words.announce.joinedMany),
    ...some(left, words.announce.left, words.announce.leftMany),
    ...some(hands, words.announce.hand, words.announce.handsMany),
    ...some(knocked, words.waitingRoom.knocked, words.waitingRoom.knockedMany),
  );
  return news;
}

function some(names: string[], one: (name: string) => string, many: (n: number) => string): string[] {
  return names.length > MANY ? [many(names.length)] : names.map(one);
}

function roomNews(frame: Frame, me: Uuid): string | null {
  // Who did it knows it already.
  if (frame.actor === me) return null;
  switch (frame.type) {
    case "session:started":
      return words.announce.started;
    case "session:paused":
      return words.announce.paused;
    case "session:resumed":
      return words.announce.resumed;
    case "session:locked":
      return words.announce.locked;
    case "session:unlocked":
      return words.announce.unlocked;
    case "recording:started":
      return words.announce.recordingStarted;
    case "recording:paused":
      return words.announce.recordingPaused;
    case "recording:resumed":
      return words.announce.recordingResumed;
    case "recording:stopped":
      return words.announce.recordingStopped;
    default:
      return null;
  }
}

function ownNews(frame: Frame, me: Uuid): string | null {
  if (frame.actor === me) return null;
  switch (frame.type) {
    case "participant:muted":
      return frame.data.participant_id === me ? words.announce.youMuted : null;
    case "participant:unmuted":
      return frame.data.participant_id === me ? words.announce.youUnmuted : null;
    case "participant:all_muted":
      return frame.data.participant_ids.includes(me) ? words.announce.youMuted : null;
    case "participant:all_unmuted":
      return frame.data.participant_ids.includes(me) ? words.announce.youUnmuted : null;
    case "participant:hand_lowered":
      return frame.data.participant_id === me ? words.announce.handLowered : null;
    case "participant:role_changed":
      return frame.data.participant_id === me ? words.announce.yourRole(words.rolesAs[frame.data.role]) : null;
    default:
      return null;
  }
}
