// What somebody may do to whom. The server decides; this only keeps what it would refuse off the screen.

import type { ParticipantView, Role } from "../contract/types";

const RANK: Record<Role, number> = {
  host: 50,
  co_host: 40,
  instructor: 40,
  moderator: 30,
  presenter: 20,
  attendee: 10,
  learner: 10,
  observer: 5,
};
const ADMIN_RANK = 60;

/** From the highest down. */
export const ROLES: readonly Role[] = [
  "host",
  "co_host",
  "instructor",
  "moderator",
  "presenter",
  "attendee",
  "learner",
  "observer",
];

export interface Me {
  id: string;
  role: Role;
  isAdmin: boolean;
  /** The user the session belongs to. */
  ownerId: string;
  permissions: ReadonlySet<string>;
}

/** Hosts, co-hosts and moderators hear what only hosts hear. */
export function isHostRole(role: Role): boolean {
  return RANK[role] >= RANK.moderator;
}

function rankOf(me: Me): number {
  return me.isAdmin ? ADMIN_RANK : RANK[me.role];
}

/** Whether I may act on somebody: on those below me, a host on other hosts too, and nobody on the session's owner. */
export function outranks(me: Me, other: ParticipantView): boolean {
  if (other.id === me.id) return false;
  if (other.user_id !== null && other.user_id === me.ownerId && !me.isAdmin) return false;
  return rankOf(me) > RANK[other.role] || me.role === "host";
}

/** Which roles I may give somebody: those below mine; a host may make others host. */
export function rolesFor(me: Me, other: ParticipantView): readonly Role[] {
  if (!me.permissions.has("participant:set_role") || !outranks(me, other)) return [];
  const reaches = (role: Role): boolean => RANK[role] < rankOf(me) || (role === "host" && me.role === "host");
  return ROLES.filter((role) => role !== other.role && reaches(role));
}

const VISIBILITY = "participant:set_visibility";

export interface Acts {
  canMute: boolean;
  canUnmute: boolean;
  canLowerHand: boolean;
  canHide: boolean;
  canKick: boolean;
  canBan: boolean;
  canSetRights: boolean;
  roles: readonly Role[];
}

export function actsOn(me: Me, other: ParticipantView): Acts {
  const may = (permission: string): boolean => me.permissions.has(permission) && outranks(me, other);
  return {
    canMute: !other.is_muted && may("participant:mute"),
    canUnmute: other.is_muted && may("participant:unmute"),
    canLowerHand: other.hand_raised_at !== null && may("participant:mute"),
    // One may step out of sight oneself.
    canHide: other.id === me.id ? me.permissions.has(VISIBILITY) : may(VISIBILITY),
    canKick: may("participant:kick"),
    canBan: may("participant:ban"),
    canSetRights: may("participant:set_role"),
    roles: rolesFor(me, other),
  };
}
