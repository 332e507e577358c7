// What somebody may do and why, and what is about to be changed of it. Pure.

import type { components } from "../contract/rest";
import type { Full, ParticipantView, Role, RoleView } from "../contract/types";
import { rolesFor, type Me } from "./rights";

export type ExplainedPermission = Full<components["schemas"]["ExplainedPermission"]>;

/** What has to be known of a role to offer it. */
export type OfferedRole = Pick<RoleView, "id" | "key" | "name" | "scope" | "is_system" | "base" | "permissions">;

/** As the role says, or whatever it says. */
export type Choice = "role" | "allow" | "deny";

/** The choices that differ from the role, by permission. */
export type Choices = Readonly<Record<string, Choice>>;

/** It comes with the rank that lets one hear of who waits; nobody gets it alone. */
export const WITH_ROLE_ONLY = "waiting_room:view";

/** One of the system's roles, as `/session-roles` tells it to everybody. */
export function plainRole({ role, permissions }: { role: Role; permissions: string[] }): OfferedRole {
  return { id: role, key: role, name: role, scope: "session", is_system: true, base: null, permissions };
}

export function choiceOf({ because }: ExplainedPermission): Choice {
  if (because.some(({ rule }) => rule === "denied")) return "deny";
  return because.some(({ rule }) => rule === "allowed") ? "allow" : "role";
}

export function isByRole({ because }: ExplainedPermission): boolean {
  return because.some(({ rule }) => rule !== "allowed" && rule !== "denied");
}

export function mayDo(byRole: boolean, choice: Choice): boolean {
  return choice === "role" ? byRole : choice === "allow";
}

export function choicesOf(explained: readonly ExplainedPermission[]): Choices {
  return Object.fromEntries(explained.map((each) => [each.permission, choiceOf(each)]));
}

/** As the command takes it. */
export function fieldsOf(choices: Choices): { allow: string[]; deny: string[] } {
  const chosen = (choice: Choice): string[] => Object.keys(choices).filter((each) => choices[each] === choice);
  return { allow: chosen("allow"), deny: chosen("deny") };
}

/** The key of the tenant's own role that somebody has; null where theirs is one of the system's. */
export function ownRoleOf(explained: readonly ExplainedPermission[]): string | null {
  const reasons = explained.flatMap(({ because }) => because);
  return reasons.find(({ rule }) => rule === "custom_role")?.role ?? null;
}

/** The system's roles that I may give them in the place of the one they have. */
export function systemRolesFor(me: Me, person: ParticipantView, ownRole: string | null): readonly Role[] {
  const others = rolesFor(me, person);
  return ownRole === null || others.length === 0 ? others : [person.role, ...others];
}

/** The tenant's own roles for sessions that I may give: none that may do, or stands as high as, what I may not give. */
export function ownRolesFor(me: Me, person: ParticipantView, roles: readonly OfferedRole[]): OfferedRole[] {
  const bases = new Set<string>([...rolesFor(me, person), person.role]);
  return roles.filter(
    ({ scope, is_system, base, permissions }) =>
      scope === "session" &&
      !is_system &&
      bases.has(base ?? "attendee") &&
      permissions.every((each) => me.permissions.has(each)),
  );
}
