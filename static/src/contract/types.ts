// The shapes that travel between the server and this client, under the names the server gives them.
// Only ever imported as types, so that the generated contract can take this file's place.

export type Uuid = string;
/** ISO 8601 in UTC. */
export type Instant = string;

export type Role = "host" | "co_host" | "moderator" | "presenter" | "attendee";
export type AccountRole = "admin" | "member";
export type ParticipantStatus = "pending" | "approved" | "declined" | "left" | "removed" | "banned";
export type SessionKind = "meeting" | "class" | "lecture" | "coding" | "consultation";
export type SessionStatus = "draft" | "scheduled" | "active" | "paused" | "ended" | "cancelled";
export type RecordingState = "recording" | "paused" | "stopped";
export type Theme = "system" | "light" | "dark";
export type Reaction = "👍" | "👏" | "❤️" | "😂" | "😮" | "🎉" | "🤔" | "👎";

export interface SessionSettings {
  requires_approval: boolean;
  allow_guests: boolean;
  /** Minutes before start_time at which people may come; null: any time. */
  opens_minutes_before: number | null;
  mute_on_entry: boolean;
  allow_chat: boolean;
  allow_reactions: boolean;
  allow_hands: boolean;
  allow_polls: boolean;
  allow_recording: boolean;
  recording_consent: boolean;
}

export interface RoomSession {
  id: Uuid;
  title: string;
  description: string;
  kind: SessionKind;
  status: SessionStatus;
  code: string;
  owner_id: Uuid;
  start_time: Instant | null;
  end_time: Instant | null;
  original_language: string;
  available_languages: string[];
  max_participants: number;
  settings: SessionSettings;
  is_locked: boolean;
  cancel_reason: string | null;
  started_at: Instant | null;
  paused_at: Instant | null;
  ended_at: Instant | null;
  /** Seconds spent paused, in all closed pauses. */
  paused_s: number;
}

export interface SessionView extends RoomSession {
  tags: string[];
  participant_count: number;
  my_role: Role | null;
  owner_name: string;
  created_at: Instant;
  updated_at: Instant;
  deleted_at: Instant | null;
}

export interface CreateSession {
  title: string;
  kind?: SessionKind;
  description?: string;
  status?: "draft" | "scheduled";
  start_time?: Instant | null;
  end_time?: Instant | null;
  original_language?: string;
  available_languages?: string[];
  max_participants?: number | null;
  tags?: string[];
  settings?: Partial<SessionSettings>;
}

export type UpdateSession = Partial<Omit<CreateSession, "kind" | "status">>;

export interface KindPreset {
  kind: SessionKind;
  settings: SessionSettings;
  max_participants: number;
}

export interface PreviewIssue {
  code: string;
  message: string;
  field: string | null;
  severity: "error" | "warning";
}

export interface PreviewSession {
  id: Uuid;
  title: string;
  kind: SessionKind;
  status: SessionStatus;
  code: string;
  host_name: string;
  start_time: Instant | null;
  end_time: Instant | null;
  original_language: string;
  available_languages: string[];
  requires_approval: boolean;
  allow_guests: boolean;
  is_recording: boolean;
  recording_consent: boolean;
}

export interface SessionPreview {
  is_valid: boolean;
  session: PreviewSession | null;
  errors: PreviewIssue[];
  warnings: PreviewIssue[];
  participant_count: number;
  max_participants: number | null;
  /** Seconds; negative once start_time has passed. */
  time_until_start: number | null;
  can_join: boolean;
  join_restrictions: string[];
}

export interface ParticipantView {
  id: Uuid;
  user_id: Uuid | null;
  display_name: string;
  role: Role;
  status: ParticipantStatus;
  language: string;
  is_muted: boolean;
  is_present: boolean;
  hand_raised_at: Instant | null;
  consented_at: Instant | null;
  joined_at: Instant | null;
}

export interface WaitingView {
  id: Uuid;
  user_id: Uuid | null;
  display_name: string;
  language: string;
  knocked_at: Instant | null;
}

export interface MessageView {
  id: Uuid;
  seq: number;
  participant_id: Uuid;
  display_name: string;
  text: string;
  reply_to: Uuid | null;
  sent_at: Instant;
  edited_at: Instant | null;
  deleted_at: Instant | null;
}

export interface PollView {
  id: Uuid;
  question: string;
  options: string[];
  is_multiple: boolean;
  /** Votes for each option, in the order of `options`. */
  counts: number[];
  voters: number;
  created_by: Uuid | null;
  created_at: Instant;
  closed_at: Instant | null;
}

export interface RecordingView {
  id: Uuid;
  title: string;
  state: RecordingState;
  started_by: Uuid | null;
  started_at: Instant;
  running_since: Instant | null;
  stopped_at: Instant | null;
  /** Seconds in all closed spells. */
  recorded_s: number;
  first_seq: number;
  last_seq: number | null;
}

export interface RoomState {
  audience: "everyone" | "hosts";
  session: RoomSession;
  participants: Record<Uuid, ParticipantView>;
  waiting: Record<Uuid, WaitingView>;
  messages: MessageView[];
  polls: Record<Uuid, PollView>;
  recording: RecordingView | null;
}

export interface JoinFields {
  language?: string;
  display_name?: string;
  consent?: boolean;
}

export interface Joined {
  participant: ParticipantView;
  status: "approved" | "pending";
  session_id: Uuid;
  token: string;
  expires_at: Instant;
}

export interface MassResult {
  participant_ids: Uuid[];
  remaining: number;
}

export interface Preferences {
  language: string;
  theme: Theme;
}

export interface UserView {
  id: Uuid;
  email: string;
  username: string;
  display_name: string;
  role: AccountRole;
  preferences: Preferences;
  created_at: Instant;
  last_login_at: Instant | null;
}

export interface SignedIn {
  access_token: string;
  token_type: "Bearer";
  expires_at: Instant;
  user: UserView;
}

export interface Pagination {
  page: number;
  limit: number;
  total: number;
  totalPages: number;
  hasNext: boolean;
  hasPrev: boolean;
}

export interface AuditView {
  id: Uuid;
  at: Instant;
  action: string;
  user_id: Uuid | null;
  participant_id: Uuid | null;
  target_id: Uuid | null;
  details: Record<string, unknown>;
  address: string;
  request_id: string;
}
