import { Plus } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { PermissionView, RoleView } from "../../contract/types";
import { Button } from "../../design/button";
import { LoadError } from "../../design/load_error";
import { Skeleton } from "../../design/notice";
import { useLoad } from "../../net/use_load";
import { words } from "../../words";
import { RoleSheet } from "./role_sheet";
import { RoleMatrix } from "./role_matrix";

export type Scope = RoleView["scope"];
const SCOPES: readonly Scope[] = ["tenant", "session"];

/** What every role allows, side by side; the tenant's own can be made, changed and deleted. */
export function RolesPage() {
  const { account, rest } = useClient();
  const { data, error, reload } = useLoad(async (signal) => {
    const [roles, permissions] = await Promise.all([
      rest<RoleView[]>("GET", "/roles", { signal }),
      rest<PermissionView[]>("GET", "/permissions", { signal }),
    ]);
    return { roles: roles.data, permissions: permissions.data };
  }, []);
  const [scope, setScope] = useState<Scope>("tenant");
  const [editing, edit] = useState<RoleView | "new" | null>(null);
  if (error) return <LoadError error={error} onRetry={reload} />;
  if (!data) return <Skeleton lines={8} label={words.admin.opening} />;
  const mayManage = account.user.value?.permissions.includes("role:manage") ?? false;
  const offered = data.permissions.filter((each) => scope === "tenant" || each.scope === "session");

  return (
    <>
      <div class="admin-bar">
        <div class="segmented" role="radiogroup" aria-label={words.admin.roles.scope}>
          {SCOPES.map((each) => (
            <label key={each} class="segment">
              <input type="radio" name="scope" checked={each === scope} onChange={() => setScope(each)} />
              <span>{words.admin.roles.scopes[each]}</span>
            </label>
          ))}
        </div>
        {mayManage && (
          <Button look="primary" icon={Plus} onClick={() => edit("new")}>
            {words.admin.roles.create}
          </Button>
        )}
      </div>
      <p class="quiet">{words.admin.roles.hints[scope]}</p>
      <RoleMatrix
        roles={data.roles.filter((role) => role.scope === scope)}
        permissions={offered}
        {...(mayManage && { onEdit: edit })}
      />
      {editing && (
        <RoleSheet
          key={editing === "new" ? "new" : editing.id}
          role={editing === "new" ? null : editing}
          scope={scope}
          permissions={offered}
          onClose={() => edit(null)}
          onChanged={() => {
            edit(null);
            reload();
          }}
        />
      )}
    </>
  );
}
