// What of the events just applied is worth saying, for live regions and toasts. Pure.

import type { Frame } from "../contract/events";
import type { MessageView, NotificationSettings, PollView, RoomState, Uuid } from "../contract/types";
import { DEFAULT_SETTINGS } from "../notices/notices";
import { words } from "../words";
import type { Say } from "../words/say";
import { isForMe } from "./unread";

export interface News {
  /** Read out; the room itself shows it. */
  spoken: string[];
  /** That others wrote; read out while the chat is not on the screen. */
  written: string[];
  /** What others wrote; read out while it is. */
  readOut: string[];
  /** Told by a sound and outside the page as well, besides what was written: who comes, waits or asks to speak. */
  calls: string[];
  /** Shown as toasts (and read out by them): what was done to me. */
  shown: Say[];
  /** What others ask: shown as toasts that lead to the poll. */
  asked: PollView[];
}

const MANY = 3;
const LONGEST_SAID = 200;

/** `before` and `after` are the states around the frames; names of those who left are found in the one before. */
export function newsOf(
  frames: readonly Frame[],
  before: RoomState | null,
  after: RoomState,
  me: Uuid,
  wanted: NotificationSettings = DEFAULT_SETTINGS,
): News {
  const nameOf = (id: Uuid): string =>
    after.participants[id]?.display_name ?? before?.participants[id]?.display_name ?? words.history.somebody;
  const news: News = { spoken: [], written: [], readOut: [], shown: [], asked: [], calls: [] };
  const messages: MessageView[] = [];
  const joined: string[] = [];
  const left: string[] = [];
  const hands: string[] = [];
  const knocked: string[] = [];

  for (const frame of frames) {
    // In a room so large that nobody is told everybody, somebody always comes or goes.
    const isNoticed = wanted.joins && after.roster === "full";
    if (isNoticed && frame.type === "participant:joined" && frame.data.participant.id !== me)
      joined.push(frame.data.participant.display_name);
    if (isNoticed && frame.type === "participant:left" && frame.data.participant_id !== me)
      left.push(nameOf(frame.data.participant_id));
    if (wanted.hands && frame.type === "participant:hand_raised" && frame.data.participant_id !== me)
      hands.push(nameOf(frame.data.participant_id));
    if (wanted.waiting && frame.type === "waiting_room:updated" && frame.data.waiting)
      knocked.push(frame.data.waiting.display_name);
    if (frame.type === "chat:sent" && isWanted(frame.data.message, me, wanted)) messages.push(frame.data.message);
    if (frame.type === "poll:created" && frame.actor !== me) news.asked.push(frame.data.poll);
    const own = ownNews(frame, me, nameOf);
    if (own) news.shown.push(own);
    const ofAll = roomNews(frame, me);
    if (ofAll) news.spoken.push(ofAll);
  }
  const forMe = messages.filter((each) => isForMe(each, me));
  const mentioned = forMe.map((each) => words.announce.mentioned(each.display_name, beginning(each.text)));
  const others = messages.filter((each) => !forMe.includes(each));
  const isMany = others.length > MANY;
  const total = words.announce.wroteMany(others.length);
  news.written = [...mentioned, ...(isMany ? [total] : others.map((each) => words.announce.wrote(each.display_name)))];
  news.readOut = [...mentioned, ...(isMany ? [total] : others.map(readable))];
  news.calls = [
    ...some(joined, words.announce.joined, words.announce.joinedMany),
    ...some(hands, words.announce.hand, words.announce.handsMany),
    ...some(knocked, words.waitingRoom.knocked, words.waitingRoom.knockedMany),
  ];
  news.spoken.push(...some(left, words.announce.left, words.announce.leftMany), ...news.calls);
  return news;
}

function isWanted(message: MessageView, me: Uuid, { messages }: NotificationSettings): boolean {
  if (message.participant_id === me || messages === "none") return false;
  return messages === "all" || isForMe(message, me);
}

function readable({ display_name, text }: MessageView): string {
  return words.chat.by(display_name, beginning(text));
}

function beginning(text: string): string {
  return text.length > LONGEST_SAID ? `${text.slice(0, LONGEST_SAID)}…` : text;
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

/** What somebody else has done to me, and who it was if they are known here. */
function ownNews(frame: Frame, me: Uuid, nameOf: (id: Uuid) => string): Say | null {
  if (frame.actor === me || !isAbout(frame, me)) return null;
  const doer = frame.actor ? nameOf(frame.actor) : words.history.somebody;
  const by = doer === words.history.somebody ? null : doer;
  /** With the name of who did it, where that is known. */
  const said = (alone: () => string, withName: (name: string) => string): Say => (by ? () => withName(by) : alone);
  switch (frame.type) {
    case "participant:muted":
    case "participant:all_muted":
      return said(
        () => words.announce.youMuted,
        (name) => words.announce.youMutedBy(name),
      );
    case "participant:unmuted":
    case "participant:all_unmuted":
      return said(
        () => words.announce.youUnmuted,
        (name) => words.announce.youUnmutedBy(name),
      );
    case "participant:hand_lowered":
      return said(
        () => words.announce.handLowered,
        (name) => words.announce.handLoweredBy(name),
      );
    case "participant:role_changed": {
      const { role } = frame.data;
      return said(
        () => words.announce.yourRole(words.rolesAs[role]),
        (name) => words.announce.yourRoleBy(name, words.rolesAs[role]),
      );
    }
    case "participant:visibility_changed": {
      const { is_hidden: isHidden } = frame.data;
      return () => (isHidden ? words.announce.youHidden : words.announce.youShown);
    }
    default:
      return null;
  }
}

function isAbout({ data }: Frame, me: Uuid): boolean {
  if ("participant_ids" in data) return data.participant_ids.includes(me);
  return "participant_id" in data && data.participant_id === me;
}
