import type { MemberView, RoleView } from "../../contract/types";
import { Avatar } from "../../design/avatar";
import { Link } from "../../design/button";
import { Badge } from "../../design/notice";
import { Table, type Column } from "../../design/table";
import { words } from "../../words";
import { formatMoment } from "../../words/format";
import { roleNameOf } from "../role_names";

interface Props {
  users: readonly MemberView[];
  roles: readonly RoleView[];
  addressOf: (user: MemberView) => string;
}

export function UsersTable({ users, roles, addressOf }: Props) {
  const columns: Column<MemberView, string>[] = [
    {
      key: "name",
      name: words.admin.users.name,
      isHead: true,
      cell: (user) => <Name user={user} href={addressOf(user)} />,
    },
    {
      key: "roles",
      name: words.admin.users.roles,
      isLong: true,
      cell: (user) => user.roles.map((key) => roleNameOf(key, roles)).join(", ") || "–",
    },
    {
      key: "seen",
      name: words.admin.users.seen,
      isMinor: true,
      cell: ({ last_login_at }) => (last_login_at ? formatMoment(last_login_at) : words.admin.users.never),
    },
    { key: "since", name: words.admin.users.since, isMinor: true, cell: ({ created_at }) => formatMoment(created_at) },
  ];
  return (
    <div class="users-table">
      <Table label={words.admin.pages.users} columns={columns} rows={users} keyOf={({ id }) => id} />
    </div>
  );
}

function Name({ user, href }: { user: MemberView; href: string }) {
  return (
    <span class="user-cell">
      <Avatar id={user.id} name={user.display_name} size="small" image={user.avatar_url} />
      <span class="user-words">
        <span class="user-line">
          <Link href={href} class="user-name">
            {user.display_name}
          </Link>
          {!user.is_active && <Badge tone="cancelled">{words.admin.users.states.inactive}</Badge>}
        </span>
        <span class="quiet user-email">{user.email}</span>
      </span>
    </span>
  );
}
