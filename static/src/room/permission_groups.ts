// Permissions by what they are about.

const GROUPS = {
  session: ["session"],
  people: ["participant", "waiting_room"],
  talk: ["chat", "reaction", "poll"],
  records: ["recording", "caption"],
  code: ["code", "snapshot"],
  rest: ["payment", "analytics", "data", "audit", "statistics"],
  administration: ["admin", "role", "tenant"],
} as const;
export type Group = keyof typeof GROUPS;

/** In the order of the groups; those that belong nowhere are with the rest. */
export function grouped<T extends { permission: string }>(all: readonly T[]): [Group, T[]][] {
  const groups = Object.keys(GROUPS) as Group[];
  const groupOf = ({ permission }: T): Group => {
    const about = permission.split(":")[0] ?? "";
    return groups.find((group) => (GROUPS[group] as readonly string[]).includes(about)) ?? "rest";
  };
  return groups
    .map((group): [Group, T[]] => [group, all.filter((each) => groupOf(each) === group)])
    .filter(([, members]) => members.length > 0);
}
