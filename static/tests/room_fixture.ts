// A small room for the tests, and frames of its log.

import type { EventData, EventType, Frame } from "../src/contract/events";
import type { Mention, MessageView, ParticipantView, RoomState } from "../src/contract/types";

export const SESSION = "01990000-0000-7000-8000-000000000001";
export const ANA = "01990000-0000-7000-8000-00000000000a";
export const BEN = "01990000-0000-7000-8000-00000000000b";
export const AT = "2026-11-21T09:00:00Z";

export function makeRoom(changes: Partial<RoomState> = {}): RoomState {
  return {
    audience: "everyone",
    session: {
      id: SESSION,
      title: "Algebra",
      description: "",
      kind: "meeting",
      status: "active",
      code: "K7MPQ2",
      owner_id: ANA,
      start_time: null,
      end_time: null,
      original_language: "en",
      available_languages: [],
      max_participants: 10,
      settings: {
        requires_approval: false,
        allow_guests: true,
        opens_minutes_before: null,
        mute_on_entry: false,
        allow_chat: true,
        allow_reactions: true,
        allow_hands: true,
        allow_polls: true,
        allow_recording: true,
        recording_consent: true,
      },
      is_locked: false,
      cancel_reason: null,
      started_at: AT,
      paused_at: null,
      ended_at: null,
      paused_s: 0,
    },
    roster: "full",
    present: Object.keys(changes.participants ?? {}).length,
    participants: {},
    waiting: {},
    messages: [],
    polls: {},
    recording: null,
    ...changes,
  };
}

/** Somebody as a message mentions them. */
export function makeMention(participant_id: string, display_name: string): Mention {
  return { participant_id, display_name, is_erased: false };
}

export function makePerson(id: string, changes: Partial<ParticipantView> = {}): ParticipantView {
  return {
    id,
    user_id: null,
    display_name: id === ANA ? "Ana" : "Ben",
    role: "attendee",
    status: "approved",
    language: "en",
    is_muted: false,
    is_present: true,
    hand_raised_at: null,
    consented_at: null,
    avatar_url: null,
    joined_at: AT,
    is_hidden: false,
    is_erased: false,
    ...changes,
  };
}

export function makeMessage(seq: number, changes: Partial<MessageView> = {}): MessageView {
  return {
    id: `message-${seq}`,
    seq,
    participant_id: ANA,
    display_name: "Ana",
    text: `line ${seq}`,
    reply_to: null,
    sent_at: AT,
    edited_at: null,
    deleted_at: null,
    mentions: [],
    is_erased: false,
    ...changes,
  };
}

/** What only rooms that may be large need may be left out: the server then says that it is not there. */
type Given<T extends EventType> = Omit<EventData[T], "present" | (T extends Newcomers ? "participant" : never)> &
  Partial<EventData[T]>;
type Newcomers = "participant:role_changed" | "participant:hand_raised";

const UNTOLD: Partial<Record<EventType, object>> = {
  "participant:joined": { present: null },
  "participant:left": { present: null },
  "participant:kicked": { present: null },
  "participant:banned": { present: null },
  "participant:role_changed": { participant: null },
  "participant:hand_raised": { participant: null },
};

export function frame<T extends EventType>(seq: number, type: T, data: Given<T>, at = AT): Frame {
  return { type, session_id: SESSION, seq, at, actor: null, data: { ...UNTOLD[type], ...data } } as Frame;
}

export function said(seq: number): Frame {
  return frame(seq, "chat:sent", { message: makeMessage(seq) });
}
