import type { RoleView } from "../../contract/types";
import { Select } from "../../design/field";
import type { Query } from "../../net/rest";
import { SearchField } from "../../sessions/search_field";
import { words } from "../../words";
import { roleName } from "../role_names";

const SORTS = ["name", "newest"] as const;
const STATES = ["", "active", "inactive", "verified", "unverified"] as const;

/** Whom one looks for: kept in the page's address. */
export interface UserSearch {
  q: string;
  role: string;
  state: (typeof STATES)[number];
  sort: (typeof SORTS)[number];
}

export function searchFrom(query: URLSearchParams): UserSearch {
  const verified = query.get("verified");
  const asked = verified === null ? (query.get("status") ?? "") : verified === "true" ? "verified" : "unverified";
  return {
    q: query.get("q") ?? "",
    role: query.get("role") ?? "",
    state: STATES.find((each) => each === asked) ?? "",
    sort: SORTS.find((each) => each === query.get("sort")) ?? "name",
  };
}

/** The same in the words of the address and of the server. */
export function queryOf({ q, role, state, sort }: UserSearch): Query {
  const isStatus = state === "active" || state === "inactive";
  return {
    ...(q.trim() && { q: q.trim() }),
    ...(role && { role }),
    ...(isStatus && { status: state }),
    ...(state && !isStatus && { verified: state === "verified" }),
    ...(sort !== "name" && { sort }),
  };
}

interface Props {
  search: UserSearch;
  roles: readonly RoleView[];
  onSearch: (changes: Partial<UserSearch>) => void;
}

export function UserFilters({ search, roles, onSearch }: Props) {
  const given = roles.filter(({ scope }) => scope === "tenant");
  return (
    <div class="admin-filters" role="search">
      <SearchField
        label={words.admin.users.search}
        hint={words.admin.users.searchHint}
        text={search.q}
        onText={(q) => onSearch({ q })}
      />
      <Select
        label={words.admin.users.role}
        hideLabel
        value={search.role}
        options={[
          { value: "", label: words.admin.users.anyRole },
          ...given.map((role) => ({ value: role.key, label: roleName(role) })),
        ]}
        onChoose={(role) => onSearch({ role })}
      />
      <Select
        label={words.admin.users.state}
        hideLabel
        value={search.state}
        options={STATES.map((value) => ({ value, label: words.admin.users.states[value || "any"] }))}
        onChoose={(state) => onSearch({ state: state as UserSearch["state"] })}
      />
      <Select
        label={words.admin.users.sort}
        hideLabel
        value={search.sort}
        options={SORTS.map((value) => ({ value, label: words.admin.users.sorts[value] }))}
        onChoose={(sort) => onSearch({ sort: sort as UserSearch["sort"] })}
      />
    </div>
  );
}
