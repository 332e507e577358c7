// What each role may do beyond a lower one. Pure.

import type { Role } from "../contract/types";

export interface RoleRights {
  role: Role;
  /** The highest role below it whose rights it has as well. */
  below: Role | null;
  /** What it has beyond that. */
  rights: readonly string[];
}

interface RoleView {
  role: Role;
  rank: number;
  permissions: readonly string[];
}

/** From the highest role down. */
export function addedRights(roles: readonly RoleView[]): RoleRights[] {
  const byRank = [...roles].sort((a, b) => b.rank - a.rank);
  return byRank.map(({ role, rank, permissions }) => {
    const hasAll = (other: RoleView): boolean => other.permissions.every((each) => permissions.includes(each));
    const below = byRank.find((other) => other.rank < rank && hasAll(other)) ?? null;
    const rights = permissions.filter((each) => !below?.permissions.includes(each));
    return { role, below: below?.role ?? null, rights };
  });
}
