import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { ApiKeyView } from "../contract/types";
import { Button } from "../design/button";
import { Toggle } from "../design/field";
import { errorsOf, newPasswordError, type Errors } from "../identity/credentials";
import { PasswordField } from "../identity/password_field";
import { ConveneError } from "../net/error";
import { useLoad } from "../net/use_load";
import { words } from "../words";
import { Devices } from "./devices";
import { Identities } from "./identities";
import { passwordProblem, tooLate } from "./problems";
import { SecondFactorSection } from "./second_factor";
import { Section } from "./section";

type Name = "current_password" | "new_password";

export function SecuritySection() {
  const [round, setRound] = useState(0);
  return (
    <>
      <PasswordForm onChanged={() => setRound(round + 1)} />
      <SecondFactorSection />
      <Identities key={`identities-${round.toString()}`} />
      <Devices key={`devices-${round.toString()}`} />
    </>
  );
}

/** Who has only ever signed in at another site sets a first password, without an old one. */
function PasswordForm({ onChanged }: { onChanged: () => void }) {
  const { account, rest, toasts } = useClient();
  const user = account.user.value;
  const hasOne = user?.has_password !== false;
  const keys = useLoad(async (signal) => (await rest<ApiKeyView[]>("GET", "/users/me/api-keys", { signal })).data, []);
  const [fields, setFields] = useState({ current_password: "", new_password: "" });
  const [endOthers, setEndOthers] = useState(true);
  const [revokeKeys, setRevokeKeys] = useState(false);
  const [errors, setErrors] = useState<Errors<Name>>({});
  const [isBusy, setBusy] = useState(false);
  const change = (name: Name) => (text: string) => {
    setFields((before) => ({ ...before, [name]: text }));
    setErrors(({ [name]: _, ...others }) => others);
  };

  async function submit(): Promise<void> {
    const found = errorsOf<Name>({
      current_password: fields.current_password || !hasOne ? undefined : words.identity.needPassword,
      new_password: newPasswordError(fields.new_password),
    });
    setErrors(found);
    if (Object.keys(found).length) return;
    setBusy(true);
    try {
      const { current_password, new_password } = fields;
      const asked = { new_password, end_others: endOthers, revoke_api_keys: revokeKeys };
      await rest("POST", "/users/me/password", { body: hasOne ? { ...asked, current_password } : asked });
      toasts.tell(() => (hasOne ? words.account.passwordChanged : words.account.passwordSet));
      setFields({ current_password: "", new_password: "" });
      setRevokeKeys(false);
      if (user && !hasOne) account.show({ ...user, has_password: true });
      keys.reload();
      onChanged();
    } catch (error) {
      const [wrong, late] = [passwordProblem(error), tooLate(error)];
      const others = error instanceof ConveneError ? error.fields : {};
      setErrors({ ...others, ...(wrong && { current_password: wrong }), ...(late && { new_password: late }) });
      // It was set in another window meanwhile.
      if (user && others.current_password) account.show({ ...user, has_password: true });
      if (!wrong && !late && !Object.keys(others).length) toasts.complain(error);
    }
    setBusy(false);
  }

  return (
    <Section title={words.account.password} {...(!hasOne && { hint: words.account.noPassword })}>
      <form
        class="password-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {hasOne && (
          <PasswordField
            label={words.account.currentPassword}
            value={fields.current_password}
            onText={change("current_password")}
            error={errors.current_password}
          />
        )}
        <PasswordField
          isNew
          label={words.account.newPassword}
          value={fields.new_password}
          onText={change("new_password")}
          error={errors.new_password}
        />
        <Toggle look="checkbox" label={words.account.endOthers} checked={endOthers} onToggle={setEndOthers} />
        {keys.data && keys.data.length > 0 && (
          <Toggle look="checkbox" label={words.account.revokeKeys} checked={revokeKeys} onToggle={setRevokeKeys} />
        )}
        <Button type="submit" look="primary" busy={isBusy}>
          {hasOne ? words.account.changePassword : words.account.setPassword}
        </Button>
      </form>
    </Section>
  );
}
