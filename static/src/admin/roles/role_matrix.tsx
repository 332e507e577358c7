import { Check, Pencil } from "lucide";

import type { PermissionView, RoleView } from "../../contract/types";
import { Icon } from "../../design/icon";
import { grouped } from "../../room/permission_groups";
import { words } from "../../words";
import { roleName } from "../role_names";
import { permissionName } from "./permission_names";

interface Props {
  roles: readonly RoleView[];
  permissions: readonly PermissionView[];
  onEdit?: (role: RoleView) => void;
}

/** A row for each permission, a column for each role. */
export function RoleMatrix({ roles, permissions, onEdit }: Props) {
  return (
    <div class="table-box matrix-box" role="region" aria-label={words.admin.roles.matrix} tabIndex={0}>
      <table class="table matrix">
        <thead>
          <tr>
            <th scope="col">{words.admin.roles.permission}</th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                <RoleHead role={role} {...(onEdit && { onEdit })} />
              </th>
            ))}
          </tr>
        </thead>
        {grouped(permissions).map(([group, members]) => (
          <tbody key={group}>
            <tr class="matrix-group">
              <th scope="rowgroup">{words.rights.groups[group]}</th>
              <td colSpan={roles.length} />
            </tr>
            {members.map((each) => (
              <Row key={each.permission} roles={roles} {...each} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Row({ permission, description, roles }: PermissionView & { roles: readonly RoleView[] }) {
  return (
    <tr>
      <th scope="row">
        <span class="matrix-permission" tabIndex={0} data-tip={description} data-tip-side="below">
          {permissionName(permission)}
        </span>
      </th>
      {roles.map((role) => (
        <td key={role.id}>
          <Mark allows={role.permissions.includes(permission)} />
        </td>
      ))}
    </tr>
  );
}

function RoleHead({ role, onEdit }: { role: RoleView; onEdit?: (role: RoleView) => void }) {
  if (role.is_system || !onEdit) return <span>{roleName(role)}</span>;
  return (
    <button
      type="button"
      class="table-sort"
      aria-label={words.admin.roles.edit(role.name)}
      onClick={() => onEdit(role)}
    >
      {role.name}
      <Icon of={Pencil} size={16} />
    </button>
  );
}

function Mark({ allows }: { allows: boolean }) {
  return (
    <>
      <span class="sr-only">{allows ? words.admin.roles.allowed : words.admin.roles.notAllowed}</span>
      {allows ? <Icon of={Check} size={20} /> : <span aria-hidden="true">·</span>}
    </>
  );
}
