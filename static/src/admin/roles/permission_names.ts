import { words } from "../../words";

/** What a permission is called in the reader's language; its own string where there is no word for it. */
export function permissionName(permission: string): string {
  const known: Readonly<Record<string, string>> = { ...words.rights.permissions, ...words.admin.permissions };
  return known[permission] ?? permission;
}
