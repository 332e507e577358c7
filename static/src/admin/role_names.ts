import type { RoleView } from "../contract/types";
import { words } from "../words";

/** What a role is called: the system's own in the reader's language, the others as they were named. */
export function roleName({
  key,
  name,
  is_system,
  scope,
}: Pick<RoleView, "key" | "name" | "is_system" | "scope">): string {
  if (!is_system) return name;
  const known: Readonly<Record<string, string>> = scope === "session" ? words.roles : words.admin.systemRoles;
  return known[key] ?? name;
}

/** The same for those that are known by their key alone. */
export function roleNameOf(key: string, roles: readonly RoleView[]): string {
  const role = roles.find((each) => each.key === key);
  return role ? roleName(role) : key;
}
