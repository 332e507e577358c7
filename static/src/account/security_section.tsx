import { useState } from "preact/hooks";

import { useClient } from "../client";
import { Button } from "../design/button";
import { Toggle } from "../design/field";
import { errorsOf, newPasswordError, type Errors } from "../identity/credentials";
import { PasswordField } from "../identity/password_field";
import { ConveneError } from "../net/error";
import { words } from "../words";
import { Devices } from "./devices";
import { Identities } from "./identities";
import { passwordProblem } from "./problems";
import { SecondFactorSection } from "./second_factor";
import { Section } from "./section";

type Name = "current_password" | "new_password";

export function SecuritySection() {
  const [round, setRound] = useState(0);
  return (
    <>
      <PasswordForm onChanged={() => setRound(round + 1)} />
      <SecondFactorSection />
      <Identities />
      <Devices key={round} />
    </>
  );
}

function PasswordForm({ onChanged }: { onChanged: () => void }) {
  const { rest, toasts } = useClient();
  const [fields, setFields] = useState({ current_password: "", new_password: "" });
  const [endOthers, setEndOthers] = useState(true);
  const [errors, setErrors] = useState<Errors<Name>>({});
  const [isBusy, setBusy] = useState(false);
  const change = (name: Name) => (text: string) => {
    setFields((before) => ({ ...before, [name]: text }));
    setErrors(({ [name]: _, ...others }) => others);
  };

  async function submit(): Promise<void> {
    const found = errorsOf<Name>({
      current_password: fields.current_password ? undefined : words.identity.needPassword,
      new_password: newPasswordError(fields.new_password),
    });
    setErrors(found);
    if (Object.keys(found).length) return;
    setBusy(true);
    try {
      await rest("POST", "/users/me/password", { body: { ...fields, end_others: endOthers } });
      toasts.tell(() => words.account.passwordChanged);
      setFields({ current_password: "", new_password: "" });
      onChanged();
    } catch (error) {
      const wrong = passwordProblem(error);
      const others = error instanceof ConveneError ? error.fields : {};
      setErrors({ ...others, ...(wrong && { current_password: wrong }) });
      if (!wrong && !Object.keys(others).length) toasts.complain(error);
    }
    setBusy(false);
  }

  return (
    <Section title={words.account.password}>
      <form
        class="password-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <PasswordField
          label={words.account.currentPassword}
          value={fields.current_password}
          onText={change("current_password")}
          error={errors.current_password}
        />
        <PasswordField
          isNew
          label={words.account.newPassword}
          value={fields.new_password}
          onText={change("new_password")}
          error={errors.new_password}
        />
        <Toggle look="checkbox" label={words.account.endOthers} checked={endOthers} onToggle={setEndOthers} />
        <Button type="submit" look="primary" busy={isBusy}>
          {words.account.changePassword}
        </Button>
      </form>
    </Section>
  );
}
