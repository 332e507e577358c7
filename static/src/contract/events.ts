// What can be heard in a room, from the contract that the server publishes: the data of every event by its type, and
// the frame they come in.

import type { components } from "./realtime";
import type { Full, Instant, ParticipantView, PreviewSession, RoomState, Uuid } from "./types";

type Schemas = components["schemas"];

export interface EventData extends Full<Schemas["Events"]> {
  /** Stands in for what somebody may not hear, so that no sequence has a gap. */
  "event:hidden": Schemas["HiddenData"];
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

export type Reaction = Schemas["React"]["emoji"];

interface Enveloped<D> {
  session_id: Uuid;
  at: Instant;
  actor: Uuid;
  data: D;
}

/** What can be heard that is not in the log. */
export interface SignalData {
  "reaction:sent": Enveloped<{ emoji: Reaction }>;
  "server:draining": Schemas["Draining"];
  "session:heartbeat": Schemas["Heartbeat"];
  "waiting_room:position": Enveloped<Schemas["PositionData"]>;
  "waiting_room:status": Enveloped<Schemas["WaitingStatusData"]>;
}

/** How session:join and session:sync tell what was missed: the whole state, or just the events since. */
export interface CatchUp {
  epoch: string;
  seq: number;
  state?: RoomState | null;
  events?: Frame[] | null;
  /** Oneself, whom a summary of the room need not hold. */
  participant?: ParticipantView | null;
}

export interface Welcome {
  participant: ParticipantView;
  permissions: string[];
  position?: number | null;
  session?: PreviewSession | null;
}

/** The ack of session:join: let in, with what brings us up to date, or waiting. */
export type JoinAnswer = Welcome & ({ status: "pending" } | ({ status: "approved" } & CatchUp));
