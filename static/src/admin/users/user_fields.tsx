import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { MemberView } from "../../contract/types";
import { Button } from "../../design/button";
import { TextField } from "../../design/field";
import { emailError } from "../../identity/credentials";
import { EmailField } from "../../identity/email_field";
import { ConveneError } from "../../net/error";
import { words } from "../../words";

type Field = "display_name" | "username" | "email";

/** Name, username and address. Only what was changed is sent. */
export function UserFields({ user, onSaved }: { user: MemberView; onSaved: () => void }) {
  const { account, rest, toasts } = useClient();
  const [typed, setTyped] = useState<Record<Field, string>>(user);
  const [errors, setErrors] = useState<Partial<Record<Field, string>>>({});
  const [isBusy, setBusy] = useState(false);
  const changed = Object.fromEntries(
    (["display_name", "username", "email"] as const)
      .filter((name) => typed[name].trim() !== user[name])
      .map((name) => [name, typed[name].trim()]),
  );
  const isChanged = Object.keys(changed).length > 0;

  async function save(): Promise<void> {
    const wrong = emailError(typed.email);
    setErrors(wrong ? { email: wrong } : {});
    if (wrong) return;
    setBusy(true);
    try {
      await rest("PATCH", `/users/${user.id}`, { body: changed });
      toasts.tell(() => words.admin.users.saved);
      onSaved();
    } catch (error) {
      const fields = error instanceof ConveneError ? error.fields : {};
      setErrors(fields);
      if (!Object.keys(fields).length) toasts.complain(error);
    }
    setBusy(false);
  }

  const field = (name: Field) => ({
    value: typed[name],
    onText: (text: string) => setTyped((before) => ({ ...before, [name]: text })),
    error: errors[name],
    autoComplete: "off" as const,
    spellcheck: false,
  });
  if (!user.may_change) return <Facts user={user} />;
  const isSelf = account.user.value?.id === user.id;
  return (
    <form
      class="dialog-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField label={words.admin.users.name} maxLength={80} {...field("display_name")} />
      <EmailField
        label={words.admin.users.email}
        hint={isSelf ? words.admin.users.ownEmail : "email" in changed ? words.admin.users.newEmail : undefined}
        readOnly={isSelf}
        {...field("email")}
      />
      <TextField label={words.admin.users.username} maxLength={40} {...field("username")} />
      {isChanged && (
        <div class="admin-row">
          <Button look="primary" type="submit" busy={isBusy}>
            {words.actions.save}
          </Button>
          <Button look="quiet" onClick={() => setTyped(user)}>
            {words.actions.cancel}
          </Button>
        </div>
      )}
    </form>
  );
}

function Facts({ user }: { user: MemberView }) {
  return (
    <dl class="facts">
      <dt>{words.admin.users.email}</dt>
      <dd>{user.email}</dd>
      <dt>{words.admin.users.username}</dt>
      <dd>{user.username}</dd>
    </dl>
  );
}
