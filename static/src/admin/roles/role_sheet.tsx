import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { PermissionView, Role, RoleView } from "../../contract/types";
import { Button } from "../../design/button";
import { Sheet } from "../../design/dialog";
import { Select, TextArea, TextField, Toggle } from "../../design/field";
import { ConveneError } from "../../net/error";
import { grouped } from "../../room/permission_groups";
import { words } from "../../words";
import { ConfirmDialog } from "../confirm_dialog";
import { permissionName } from "./permission_names";
import { BASES, hears, keyFrom, withHearing } from "./role_form";
import type { Scope } from "./roles_page";

interface Props {
  /** Null for a new one. */
  role: RoleView | null;
  scope: Scope;
  permissions: readonly PermissionView[];
  onClose: () => void;
  onChanged: () => void;
}

/** Makes a role of the tenant's own, or changes one. What one may not do oneself cannot be given. */
export function RoleSheet({ role, scope, permissions, onClose, onChanged }: Props) {
  const { account, rest, toasts } = useClient();
  const own = new Set<string>(account.user.value?.permissions ?? []);
  const [name, setName] = useState(role?.name ?? "");
  const [description, setDescription] = useState(role?.description ?? "");
  const [base, setBase] = useState<Role>((role?.base as Role | null) ?? "attendee");
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set(role?.permissions ?? []));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [isBusy, setBusy] = useState(false);
  const [isAsking, ask] = useState(false);
  const isSession = scope === "session";
  const given = isSession ? withHearing(chosen, base) : chosen;
  const offered = permissions.filter(
    ({ permission }) => own.has(permission) && !(isSession && permission === "waiting_room:view"),
  );

  async function save(): Promise<void> {
    if (!name.trim()) return setErrors({ name: words.admin.roles.needName });
    setBusy(true);
    const fields = { name: name.trim(), description, permissions: [...given].sort() };
    const made = { key: keyFrom(name), scope, ...(isSession && { base }) };
    try {
      if (role) await rest("PATCH", `/roles/${role.id}`, { body: fields });
      else await rest("POST", "/roles", { body: { ...fields, ...made } });
      toasts.tell(() => words.admin.roles.saved(name.trim()));
      onChanged();
    } catch (error) {
      const wrong = error instanceof ConveneError ? error.fields : {};
      setErrors(wrong);
      if (!Object.keys(wrong).length) toasts.complain(error);
      setBusy(false);
    }
  }

  async function remove(): Promise<void> {
    await rest("DELETE", `/roles/${role?.id ?? ""}`, { body: {} });
    toasts.tell(() => words.admin.roles.deleted(name));
    onChanged();
  }

  function toggle(permission: string, isOn: boolean): void {
    const next = new Set(chosen);
    if (isOn) next.add(permission);
    else next.delete(permission);
    choose(next);
  }

  return (
    <Sheet
      title={role ? words.admin.roles.edit(role.name) : words.admin.roles.create}
      onClose={onClose}
      actions={
        <>
          {role && (
            <Button look="quiet" class="danger-text" onClick={() => ask(true)}>
              {words.actions.delete}
            </Button>
          )}
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button look="primary" busy={isBusy} onClick={() => void save()}>
            {words.actions.save}
          </Button>
        </>
      }
    >
      <div class="dialog-form user-sheet">
        <TextField
          label={words.admin.roles.name}
          maxLength={80}
          autoComplete="off"
          value={name}
          onText={setName}
          error={errors.name ?? errors.key}
        />
        <TextArea
          label={words.admin.roles.description}
          rows={2}
          maxLength={500}
          value={description}
          onText={setDescription}
        />
        {isSession && !role && (
          <Select
            label={words.admin.roles.base}
            hint={words.admin.roles.baseHint}
            value={base}
            options={BASES.map((each) => ({ value: each, label: words.roles[each] }))}
            onChoose={(each) => setBase(each as Role)}
          />
        )}
        <div class="role-permissions" role="group" aria-label={words.admin.roles.mayDo}>
          <h3>{words.admin.roles.mayDo}</h3>
          {grouped(offered).map(([group, members]) => (
            <fieldset key={group}>
              <legend class="field-label">{words.rights.groups[group]}</legend>
              {members.map(({ permission }) => (
                <Toggle
                  key={permission}
                  look="checkbox"
                  label={permissionName(permission)}
                  checked={given.has(permission)}
                  onToggle={(isOn) => toggle(permission, isOn)}
                />
              ))}
            </fieldset>
          ))}
          {isSession && hears(base) && <p class="field-note">{words.admin.roles.hears}</p>}
        </div>
      </div>
      {isAsking && role && (
        <ConfirmDialog
          title={words.admin.roles.deleteTitle(role.name)}
          text={words.admin.roles.deleteAsk}
          yes={words.actions.delete}
          onClose={() => ask(false)}
          onYes={remove}
        />
      )}
    </Sheet>
  );
}
