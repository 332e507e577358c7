import { useClient } from "../../client";
import type { MemberView, RoleView } from "../../contract/types";
import { Avatar } from "../../design/avatar";
import { Sheet } from "../../design/dialog";
import { LoadError } from "../../design/load_error";
import { Badge, Skeleton } from "../../design/notice";
import { useLoad } from "../../net/use_load";
import { words } from "../../words";
import { formatMoment } from "../../words/format";
import { UserAccess } from "./user_access";
import { UserFields } from "./user_fields";
import { UserRoles } from "./user_roles";
import { UserSignIns } from "./user_sign_ins";

interface Props {
  id: string;
  roles: readonly RoleView[];
  onClose: () => void;
  onChanged: (user: MemberView) => void;
  onErased: () => void;
}

/** One account: what it is, what it may do, where it is signed in, and what can be done about it. */
export function UserSheet({ id, roles, onClose, onChanged, onErased }: Props) {
  const { rest } = useClient();
  const { data, error, reload } = useLoad(
    async (signal) => {
      const user = (await rest<MemberView>("GET", `/users/${id}`, { signal })).data;
      onChanged(user);
      return user;
    },
    [id],
  );
  return (
    <Sheet title={data?.display_name ?? words.admin.users.account} onClose={onClose}>
      {error && <LoadError error={error} onRetry={reload} />}
      {!error && !data && <Skeleton lines={6} label={words.admin.opening} />}
      {!error && data && (
        <div class="user-sheet">
          <Who user={data} />
          {!data.may_change && <p class="field-note">{words.admin.users.above}</p>}
          <UserFields key={`${data.email} ${data.username} ${data.display_name}`} user={data} onSaved={reload} />
          <UserRoles user={data} roles={roles} onChanged={reload} />
          <UserSignIns user={data} />
          <UserAccess user={data} onChanged={reload} onErased={onErased} />
        </div>
      )}
    </Sheet>
  );
}

function Who({ user }: { user: MemberView }) {
  return (
    <div class="user-cell">
      <Avatar id={user.id} name={user.display_name} image={user.avatar_url} />
      <div class="user-words">
        <p class="user-line">
          <Badge tone={user.is_active ? "active" : "cancelled"}>
            {words.admin.users.states[user.is_active ? "active" : "inactive"]}
          </Badge>
          <Badge>{words.admin.users.states[user.is_verified ? "verified" : "unverified"]}</Badge>
        </p>
        <p class="quiet">{words.admin.users.madeAt(formatMoment(user.created_at))}</p>
      </div>
    </div>
  );
}
