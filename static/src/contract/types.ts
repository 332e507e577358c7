// The shapes that travel between the server and this client, by the server's own names: taken from the contracts it
// publishes (rest.d.ts, realtime.d.ts), so that a change there that breaks us does not compile.

import type { components } from "./rest";

type Schemas = components["schemas"];

/** What the server sends is complete: a field that may be left out on the way in has its value on the way out. */
export type Full<T> = T extends object ? { [K in keyof T]-?: Full<Exclude<T[K], undefined>> } : T;

export type Uuid = string;
/** ISO 8601 in UTC. */
export type Instant = string;

export type AssignmentView = Full<Schemas["AssignmentView"]>;
export type ApiKeyView = Full<Schemas["ApiKeyView"]>;
export type AuditPage = Full<Schemas["AuditPage"]>;
export type AuditView = Full<Schemas["AuditView"]>;
export type CreateSession = Schemas["CreateSession"];
export type JoinFields = Schemas["JoinFields"];
export type Joined = Full<Schemas["Joined"]>;
export type KindPreset = Full<Schemas["KindPreset"]>;
export type MailSent = Full<Schemas["MailSent"]>;
export type MassResult = Full<Schemas["MassResult"]>;
export type MemberView = Full<Schemas["MemberView"]>;
export type Mention = Full<Schemas["Mention"]>;
export type MessageView = Full<Schemas["MessageView"]>;
export type NotificationSettings = Full<Schemas["NotificationSettings"]>;
export type NewSecondFactor = Full<Schemas["NewSecondFactor"]>;
export type Owned = Full<Schemas["Owned"]>;
export type OwnPollView = Full<Schemas["OwnPollView"]>;
export type Pagination = Full<Schemas["Pagination"]>;
export type NewApiKey = Full<Schemas["NewApiKey"]>;
export type PermissionView = Full<Schemas["PermissionView"]>;
export type ParticipantStatus = Schemas["ParticipantStatus"];
export type ParticipantView = Full<Schemas["ParticipantView"]>;
export type PollView = Full<Schemas["PollView"]>;
/** What somebody changes of their preferences: only what is given. */
export type PreferenceChanges = Partial<Schemas["Preferences"]>;
export type Preferences = Full<Schemas["Preferences"]>;
export type PreviewIssue = Full<Schemas["PreviewIssue"]>;
export type PreviewSession = Full<Schemas["PreviewSession"]>;
export type RecordingState = Schemas["RecordingState"];
export type RecordingView = Full<Schemas["RecordingView"]>;
export type Role = Schemas["Role"];
export type RoleView = Full<Schemas["RoleView"]>;
export type RoomSession = Full<Schemas["RoomSession"]>;
export type RoomState = Full<Schemas["RoomState"]>;
export type InvitationView = Full<Schemas["InvitationView"]>;
export type IdentityView = Full<Schemas["IdentityView"]>;
export type ShownSite = Full<Schemas["ShownSite"]>;
export type SiteView = Full<Schemas["SiteView"]>;
export type TenantView = Full<Schemas["TenantView"]>;
export type CreatedTenant = Full<Schemas["CreatedTenant"]>;
export type InvitationShown = Full<Schemas["InvitationShown"]>;
export type SessionKind = Schemas["SessionKind"];
export type SessionPreview = Full<Schemas["SessionPreview"]>;
export type SessionSettings = Full<Schemas["SessionSettings"]>;
export type SessionStatus = Schemas["SessionStatus"];
export type SessionView = Full<Schemas["SessionView"]>;
export type SignInView = Full<Schemas["SignInView"]>;
export type SignedIn = Full<Schemas["SignedIn"]>;
export type Theme = Preferences["theme"];
export type UpdateSession = Schemas["UpdateSession"];
export type RecoveryCodes = Full<Schemas["RecoveryCodes"]>;
export type SecondFactorView = Full<Schemas["SecondFactorView"]>;
export type UserView = Full<Schemas["UserView"]>;
export type WaitingView = Full<Schemas["WaitingView"]>;
