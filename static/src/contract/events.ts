// What can be heard in a room: the data of every event, by its type, and the frame they come in.

import type {
  Instant,
  MessageView,
  ParticipantView,
  PollView,
  Reaction,
  RecordingView,
  Role,
  RoomSession,
  RoomState,
  Uuid,
  WaitingView,
} from "./types";

interface Whose {
  participant_id: Uuid;
}
interface WhoseWithReason extends Whose {
  reason: string | null;
}
interface Many {
  participant_ids: Uuid[];
}
type Nothing = Record<string, never>;

export interface EventData {
  "session:created": { session: RoomSession };
  "session:updated": { session: RoomSession; changed: string[] };
  "session:scheduled": { start_time: Instant | null; end_time: Instant | null };
  "session:started": Nothing;
  "session:paused": Nothing;
  "session:resumed": { paused_s: number };
  "session:ended": { paused_s: number };
  "session:cancelled": { reason: string; ended_at: Instant | null; paused_s: number };
  "session:locked": Nothing;
  "session:unlocked": Nothing;
  "session:deleted": Nothing;
  "session:restored": Nothing;
  "participant:added": Whose & { user_id: Uuid };
  "participant:joined": { participant: ParticipantView };
  "participant:left": Whose & { reason: "left" | "lost" };
  "participant:kicked": WhoseWithReason;
  "participant:banned": WhoseWithReason;
  "participant:unbanned": Whose;
  "participant:approved": Whose;
  "participant:declined": WhoseWithReason;
  "waiting_room:updated": Whose & { waiting: WaitingView | null; count: number };
  "waiting_room:messaged": { participant_id: Uuid | null; text: string };
  "participant:muted": Whose;
  "participant:unmuted": Whose;
  "participant:all_muted": Many;
  "participant:all_unmuted": Many;
  "participant:role_changed": Whose & { role: Role };
  "participant:language_changed": Whose & { language: string };
  "participant:hand_raised": Whose;
  "participant:hand_lowered": Whose;
  "participant:consented": Whose & { consent: boolean };
  "chat:sent": { message: MessageView };
  "chat:edited": { message_id: Uuid; text: string };
  "chat:deleted": { message_id: Uuid };
  "poll:created": { poll: PollView };
  "poll:voted": { poll_id: Uuid; counts: number[]; voters: number };
  "poll:closed": { poll_id: Uuid };
  "recording:started": { recording: RecordingView };
  "recording:paused": { recording_id: Uuid; recorded_s: number };
  "recording:resumed": { recording_id: Uuid };
  "recording:stopped": { recording_id: Uuid; recorded_s: number };
  /** Stands in for what somebody may not hear, so that no sequence has a gap. */
  "event:hidden": Nothing;
}

export type EventType = keyof EventData;

export interface FrameOf<T extends EventType> {
  type: T;
  session_id: Uuid;
  seq: number;
  at: Instant;
  /** A participant's id (or a user's, for what happened outside the room); null: the system. */
  actor: Uuid | null;
  data: EventData[T];
}

/** One event of a session's log. */
export type Frame = { [T in EventType]: FrameOf<T> }[EventType];

/** What can be heard that is not in the log. */
export interface SignalData {
  "reaction:sent": { session_id: Uuid; at: Instant; actor: Uuid; data: { emoji: Reaction } };
  "session:heartbeat": { session_id: Uuid; epoch: string; seq: number };
  "waiting_room:position": { session_id: Uuid; at: Instant; data: { position: number } };
}

/** How session:join and session:sync tell what was missed: the whole state, or just the events since. */
export interface CatchUp {
  epoch: string;
  seq: number;
  state?: RoomState;
  events?: Frame[];
}
