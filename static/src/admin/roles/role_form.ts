// The rules of a role of the tenant's own, as the server has them.

import type { Role } from "../../contract/types";

export const BASES: readonly Role[] = [
  "co_host",
  "instructor",
  "moderator",
  "presenter",
  "attendee",
  "learner",
  "observer",
];

const HEARING: readonly Role[] = ["host", "co_host", "instructor", "moderator"];
const TO_HEAR = "waiting_room:view";

/** Whether a role on this base hears what only hosts hear: it then sees who waits. */
export function hears(base: Role): boolean {
  return HEARING.includes(base);
}

/** To see who waits comes with the base, and is nothing to choose. */
export function withHearing(permissions: ReadonlySet<string>, base: Role): ReadonlySet<string> {
  const given = new Set(permissions);
  if (hears(base)) given.add(TO_HEAR);
  else given.delete(TO_HEAR);
  return given;
}

/** The key of a role that is called so: small letters, digits and underscores, and never too short. */
export function keyFrom(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 50)
    .replace(/_+$/, "");
  return plain.length >= 3 ? plain : `role_${Math.random().toString(36).slice(2, 8)}`;
}
