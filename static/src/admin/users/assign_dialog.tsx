import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { MemberView, RoleView } from "../../contract/types";
import { Button } from "../../design/button";
import { Dialog } from "../../design/dialog";
import { Select, TextField } from "../../design/field";
import { ConveneError } from "../../net/error";
import { words } from "../../words";
import { roleName } from "../role_names";

interface Props {
  user: MemberView;
  roles: readonly RoleView[];
  onClose: () => void;
  onGiven: () => void;
}

/** Only what one has oneself can be given: the others are not offered. */
export function AssignDialog({ user, roles, onClose, onGiven }: Props) {
  const { account, rest, toasts } = useClient();
  const own = new Set<string>(account.user.value?.permissions ?? []);
  const offered = roles.filter(
    ({ scope, permissions }) => scope === "tenant" && permissions.every((one) => own.has(one)),
  );
  const [roleId, setRole] = useState(offered.at(-1)?.id ?? "");
  const [term, setTerm] = useState({ starts_at: "", expires_at: "" });
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [isBusy, setBusy] = useState(false);

  async function give(): Promise<void> {
    setBusy(true);
    const moments = Object.fromEntries(
      Object.entries(term).map(([name, typed]) => [name, typed ? new Date(typed).toISOString() : null]),
    );
    try {
      await rest("POST", `/users/${user.id}/roles`, { body: { role_id: roleId, ...moments } });
      toasts.tell(() => words.admin.users.roleGiven(user.display_name));
      onGiven();
      onClose();
    } catch (error) {
      const fields = error instanceof ConveneError ? error.fields : {};
      setErrors(fields);
      if (!Object.keys(fields).length) toasts.complain(error);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={words.admin.users.giveRoleTo(user.display_name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button look="primary" busy={isBusy} disabled={!roleId} onClick={() => void give()}>
            {words.admin.users.giveRole}
          </Button>
        </>
      }
    >
      <div class="dialog-form">
        <Select
          label={words.admin.users.role}
          hint={offered.find(({ id }) => id === roleId)?.description}
          value={roleId}
          options={offered.map((role) => ({ value: role.id, label: roleName(role) }))}
          onChoose={setRole}
        />
        <TextField
          label={words.admin.users.startsAt}
          hint={words.admin.users.startsHint}
          type="datetime-local"
          value={term.starts_at}
          onText={(starts_at) => setTerm({ ...term, starts_at })}
          error={errors.starts_at}
        />
        <TextField
          label={words.admin.users.endsAt}
          hint={words.admin.users.endsHint}
          type="datetime-local"
          value={term.expires_at}
          onText={(expires_at) => setTerm({ ...term, expires_at })}
          error={errors.expires_at}
        />
      </div>
    </Dialog>
  );
}
