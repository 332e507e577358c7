// The shapes that travel between the server and this client, by the server's own names: taken from the contracts it
// publishes (rest.d.ts, realtime.d.ts), so that a change there that breaks us does not compile.

import type { components } from "./rest";

type Schemas = components["schemas"];

/** What the server sends is complete: a field that may be left out on the way in has its value on the way out. */
export type Full<T> = T extends object ? { [K in keyof T]-?: Full<Exclude<T[K], undefined>> } : T;

export type Uuid = string;
/** ISO 8601 in UTC. */
export type Instant = string;

export type AccountRole = Schemas["AccountRole"];
export type AuditView = Full<Schemas["AuditView"]>;
export type CreateSession = Schemas["CreateSession"];
export type JoinFields = Schemas["JoinFields"];
export type Joined = Full<Schemas["Joined"]>;
export type KindPreset = Full<Schemas["KindPreset"]>;
export type MassResult = Full<Schemas["MassResult"]>;
export type MessageView = Full<Schemas["MessageView"]>;
export type OwnPollView = Full<Schemas["OwnPollView"]>;
export type Pagination = Full<Schemas["Pagination"]>;
export type ParticipantStatus = Schemas["ParticipantStatus"];
export type ParticipantView = Full<Schemas["ParticipantView"]>;
export type PollView = Full<Schemas["PollView"]>;
export type Preferences = Full<Schemas["Preferences"]>;
export type PreviewIssue = Full<Schemas["PreviewIssue"]>;
export type PreviewSession = Full<Schemas["PreviewSession"]>;
export type RecordingState = Schemas["RecordingState"];
export type RecordingView = Full<Schemas["RecordingView"]>;
export type Role = Schemas["Role"];
export type RoomSession = Full<Schemas["RoomSession"]>;
export type RoomState = Full<Schemas["RoomState"]>;
export type SessionKind = Schemas["SessionKind"];
export type SessionPreview = Full<Schemas["SessionPreview"]>;
export type SessionSettings = Full<Schemas["SessionSettings"]>;
export type SessionStatus = Schemas["SessionStatus"];
export type SessionView = Full<Schemas["SessionView"]>;
export type SignedIn = Full<Schemas["SignedIn"]>;
export type Theme = Preferences["theme"];
export type UpdateSession = Schemas["UpdateSession"];
export type UserView = Full<Schemas["UserView"]>;
export type WaitingView = Full<Schemas["WaitingView"]>;
