// What every event changes in a room's state: the mirror of the `fold`s in models/*/events.py, and the only way in
// which the view of a room learns that something happened.

import type { EventData, EventType, Frame } from "../contract/events";
import type {
  MessageView,
  ParticipantView,
  PollView,
  RecordingView,
  RoomSession,
  RoomState,
  Uuid,
  WaitingView,
} from "../contract/types";
import { withoutPerson } from "./erased";

/** How much of the chat is part of the state; the rest is history. */
export const RECENT_MESSAGES = 50;

type Fold<T extends EventType> = (state: RoomState, data: EventData[T], at: string) => RoomState;

function withSession(state: RoomState, changes: Partial<RoomSession>): RoomState {
  return { ...state, session: { ...state.session, ...changes } };
}

/** Whether somebody is told by name in a room that is too large to tell everybody. */
function isOnStage(person: ParticipantView): boolean {
  return person.role !== "attendee" || person.hand_raised_at !== null;
}

/** In a summary only those on the stage are shown; somebody can come to it, and leave it. */
function showing(state: RoomState, person: ParticipantView, present = state.present): RoomState {
  const isShown = state.roster === "full" || isOnStage(person);
  const { participants } = state;
  return {
    ...state,
    present,
    participants: isShown ? { ...participants, [person.id]: person } : without(participants, person.id),
  };
}

/** `newcomer`: who it is, where the roster is a summary and they come to the stage by this. */
function withParticipant(
  state: RoomState,
  id: Uuid,
  changes: Partial<ParticipantView>,
  newcomer: ParticipantView | null = null,
): RoomState {
  const participant = state.participants[id] ?? newcomer;
  return participant ? showing(state, { ...participant, ...changes }) : state;
}

function withRoster(
  state: RoomState,
  { roster, participants, present }: EventData["session:roster_changed"],
): RoomState {
  const people = participants ?? Object.values(state.participants);
  const shown = roster === "full" ? people : people.filter(isOnStage);
  return { ...state, roster, present, participants: Object.fromEntries(shown.map((each) => [each.id, each])) };
}

function withWaiting(state: RoomState, id: Uuid, changes: Partial<WaitingView>): RoomState {
  const waiting = state.waiting[id];
  if (!waiting) return state;
  return { ...state, waiting: { ...state.waiting, [id]: { ...waiting, ...changes } } };
}

function withMuted(state: RoomState, ids: Uuid[], isMuted: boolean): RoomState {
  const participants = { ...state.participants };
  for (const id of ids) {
    const participant = participants[id];
    if (participant) participants[id] = { ...participant, is_muted: isMuted };
  }
  return { ...state, participants };
}

function withMessage(state: RoomState, id: Uuid, changes: Partial<MessageView>): RoomState {
  return { ...state, messages: state.messages.map((each) => (each.id === id ? { ...each, ...changes } : each)) };
}

function withPoll(state: RoomState, id: Uuid, changes: Partial<PollView>): RoomState {
  const poll = state.polls[id];
  return poll ? { ...state, polls: { ...state.polls, [id]: { ...poll, ...changes } } } : state;
}

function withRecording(state: RoomState, changes: Partial<RecordingView>): RoomState {
  return state.recording ? { ...state, recording: { ...state.recording, ...changes } } : state;
}

function without<V>(record: Record<Uuid, V>, id: Uuid): Record<Uuid, V> {
  const { [id]: _, ...rest } = record;
  return rest;
}

/** Where everybody is known they are counted; in a summary the event says how many there are. */
function counted(state: RoomState, told: number | null, known: number): number {
  return state.roster === "summary" && told !== null ? told : known;
}

function gone(
  state: RoomState,
  { participant_id, present }: { participant_id: Uuid; present: number | null },
): RoomState {
  const fewer = state.present - (state.participants[participant_id] ? 1 : 0);
  return {
    ...state,
    present: counted(state, present, fewer),
    participants: without(state.participants, participant_id),
  };
}

function closed(state: RoomState, changes: Partial<RoomSession>): RoomState {
  const empty: RoomState = { ...state, roster: "full", present: 0, participants: {}, waiting: {} };
  return withSession(empty, { paused_at: null, ...changes });
}

const unchanged = (state: RoomState): RoomState => state;

const FOLDS: { [T in EventType]: Fold<T> } = {
  "session:created": (state, { session }) => ({ ...state, session }),
  "session:updated": (state, { session }) => ({ ...state, session }),
  "session:scheduled": (state, { start_time, end_time }) =>
    withSession(state, { status: "scheduled", start_time, end_time }),
  "session:started": (state, _, at) => withSession(state, { status: "active", started_at: at }),
  "session:paused": (state, _, at) => withSession(state, { status: "paused", paused_at: at }),
  "session:resumed": (state, { paused_s }) => withSession(state, { status: "active", paused_at: null, paused_s }),
  "session:ended": (state, { paused_s }, at) => closed(state, { status: "ended", ended_at: at, paused_s }),
  "session:cancelled": (state, { reason, ended_at, paused_s }) =>
    closed(state, { status: "cancelled", cancel_reason: reason, ended_at, paused_s }),
  "session:locked": (state) => withSession(state, { is_locked: true }),
  "session:unlocked": (state) => withSession(state, { is_locked: false }),
  "session:deleted": unchanged,
  "session:restored": unchanged,
  "session:roster_changed": withRoster,

  "participant:added": unchanged,
  "participant:joined": (state, { participant, present }) =>
    showing(state, participant, counted(state, present, state.present + 1)),
  "participant:left": gone,
  "participant:kicked": gone,
  "participant:banned": gone,
  "participant:unbanned": unchanged,
  "participant:approved": unchanged,
  "participant:declined": unchanged,
  "waiting_room:updated": (state, { participant_id, waiting }) => {
    const rest = without(state.waiting, participant_id);
    return { ...state, waiting: waiting ? { ...rest, [participant_id]: waiting } : rest };
  },
  "waiting_room:messaged": unchanged,
  "participant:muted": (state, { participant_id }) => withParticipant(state, participant_id, { is_muted: true }),
  "participant:unmuted": (state, { participant_id }) => withParticipant(state, participant_id, { is_muted: false }),
  "participant:all_muted": (state, { participant_ids }) => withMuted(state, participant_ids, true),
  "participant:all_unmuted": (state, { participant_ids }) => withMuted(state, participant_ids, false),
  "participant:role_changed": (state, { participant_id, role, participant }) =>
    withParticipant(state, participant_id, { role }, participant),
  "participant:visibility_changed": (state, { participant_id, is_hidden }) =>
    withParticipant(state, participant_id, { is_hidden }),
  "participant:permissions_changed": (state) => state,
  "participant:language_changed": (state, { participant_id, language }) =>
    withWaiting(withParticipant(state, participant_id, { language }), participant_id, { language }),
  "participant:erased": (state, { participant_id, display_name }) => ({
    ...state,
    messages: state.messages.map((each) => withoutPerson(each, participant_id, display_name)),
  }),
  "participant:avatar_changed": (state, { participant_id, avatar_url }) =>
    withWaiting(withParticipant(state, participant_id, { avatar_url }), participant_id, { avatar_url }),
  "participant:hand_raised": (state, { participant_id, participant }, at) =>
    withParticipant(state, participant_id, { hand_raised_at: at }, participant),
  "participant:hand_lowered": (state, { participant_id }) =>
    withParticipant(state, participant_id, { hand_raised_at: null }),
  "participant:consented": (state, { participant_id, consent }, at) =>
    withParticipant(state, participant_id, { consented_at: consent ? at : null }),

  "chat:sent": (state, { message }) => ({
    ...state,
    messages: [...state.messages, message].slice(-RECENT_MESSAGES),
  }),
  "chat:edited": (state, { message_id, text, mentions }, at) =>
    withMessage(state, message_id, { text, edited_at: at, mentions }),
  "chat:deleted": (state, { message_id }, at) =>
    withMessage(state, message_id, { text: "", deleted_at: at, mentions: [] }),

  "poll:created": (state, { poll }) => ({ ...state, polls: { ...state.polls, [poll.id]: poll } }),
  "poll:voted": (state, { poll_id, counts, voters }) => withPoll(state, poll_id, { counts, voters }),
  "poll:closed": (state, { poll_id }, at) => withPoll(state, poll_id, { closed_at: at }),

  "recording:started": (state, { recording }) => ({ ...state, recording }),
  "recording:paused": (state, { recorded_s }) =>
    withRecording(state, { state: "paused", running_since: null, recorded_s }),
  "recording:resumed": (state, _, at) => withRecording(state, { state: "recording", running_since: at }),
  "recording:stopped": (state) => ({ ...state, recording: null }),

  "event:hidden": unchanged,
};

/** Somebody after one event, whether or not the room's state holds them: oneself, in a room that is told as a summary. */
export function applyToPerson(state: RoomState, person: ParticipantView, frame: Frame): ParticipantView {
  if (!frame.type.startsWith("participant:")) return person;
  const alone: RoomState = { ...state, roster: "full", participants: { [person.id]: person } };
  return apply(alone, frame).participants[person.id] ?? { ...person, is_present: false };
}

/** Every type of event that a client listens for. */
export const EVENT_TYPES = Object.keys(FOLDS) as EventType[];

/** The state after one event. Pure. An event that this client does not know changes nothing it could show. */
export function apply(state: RoomState, frame: Frame): RoomState {
  const fold = FOLDS[frame.type] as Fold<EventType> | undefined;
  return fold ? fold(state, frame.data, frame.at) : state;
}
