import { Plus, X } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { AssignmentView, MemberView, RoleView } from "../../contract/types";
import { Button, IconButton } from "../../design/button";
import { LoadError } from "../../design/load_error";
import { Skeleton } from "../../design/notice";
import { useLoad } from "../../net/use_load";
import { serverNow } from "../../net/server_clock";
import { words } from "../../words";
import { formatMoment } from "../../words/format";
import { ConfirmDialog } from "../confirm_dialog";
import { roleName } from "../role_names";
import { AssignDialog } from "./assign_dialog";

interface Props {
  user: MemberView;
  roles: readonly RoleView[];
  onChanged: () => void;
}

/** Which roles the account has in the tenant, from when and until when. */
export function UserRoles({ user, roles, onChanged }: Props) {
  const { rest, toasts } = useClient();
  const { data, error, reload } = useLoad(
    async (signal) => (await rest<AssignmentView[]>("GET", `/users/${user.id}/roles`, { signal })).data,
    [user.id],
  );
  const [isGiving, give] = useState(false);
  const [taking, take] = useState<AssignmentView | null>(null);
  const held = data?.filter(isHeld) ?? [];

  function changed(): void {
    reload();
    onChanged();
  }

  async function unassign({ role }: AssignmentView): Promise<void> {
    await rest("DELETE", `/users/${user.id}/roles/${role.id}`, { body: {} });
    toasts.tell(() => words.admin.users.roleTaken(roleName(role)));
    changed();
  }

  return (
    <section class="user-part">
      <h3>{words.admin.users.roles}</h3>
      {error && <LoadError error={error} onRetry={reload} />}
      {!error && !data && <Skeleton lines={2} label={words.admin.opening} />}
      {data && held.length === 0 && <p class="quiet">{words.admin.users.noRoles}</p>}
      {held.length > 0 && (
        <ul aria-label={words.admin.users.roles}>
          {held.map((assignment) => (
            <li key={assignment.id} class="user-role">
              <div class="user-words">
                <p class="setting-label">{roleName(assignment.role)}</p>
                <Term assignment={assignment} />
              </div>
              {user.may_change && (
                <IconButton
                  icon={X}
                  size="small"
                  label={words.admin.users.takeRole(roleName(assignment.role))}
                  onClick={() => take(assignment)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {data && user.may_change && (
        <Button icon={Plus} size="small" onClick={() => give(true)}>
          {words.admin.users.giveRole}
        </Button>
      )}
      {isGiving && <AssignDialog user={user} roles={roles} onClose={() => give(false)} onGiven={changed} />}
      {taking && (
        <ConfirmDialog
          title={words.admin.users.takeRole(roleName(taking.role))}
          text={words.admin.users.takeRoleAsk(user.display_name, roleName(taking.role))}
          yes={words.admin.users.take}
          onClose={() => take(null)}
          onYes={() => unassign(taking)}
        />
      )}
    </section>
  );
}

function Term({ assignment: { starts_at, expires_at } }: { assignment: AssignmentView }) {
  const isLater = starts_at !== null && Date.parse(starts_at) > serverNow();
  if (!isLater && !expires_at) return null;
  return (
    <p class="field-note device-facts">
      {isLater && <span>{words.admin.users.from(formatMoment(starts_at))}</span>}
      {expires_at && <span>{words.admin.users.until(formatMoment(expires_at))}</span>}
    </p>
  );
}

function isHeld({ is_active, expires_at }: AssignmentView): boolean {
  return is_active && (expires_at === null || Date.parse(expires_at) > serverNow());
}
