import { useState } from "preact/hooks";

import { useClient } from "../client";
import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { emailError, errorsOf, type Errors } from "../identity/credentials";
import { EmailField } from "../identity/email_field";
import { PasswordField } from "../identity/password_field";
import { ConveneError } from "../net/error";
import { words } from "../words";
import { passwordProblem } from "./problems";

/** Asks for the new address, and for the password: whoever has the address can replace that. */
export function EmailDialog({ onClose }: { onClose: () => void }) {
  const { rest, toasts } = useClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<Errors<"email" | "password">>({});
  const [isBusy, setBusy] = useState(false);

  async function send(): Promise<void> {
    const found = errorsOf({
      email: emailError(email),
      password: password ? undefined : words.identity.needPassword,
    });
    setErrors(found);
    if (Object.keys(found).length) return;
    setBusy(true);
    try {
      await rest("POST", "/users/me/email", { body: { email: email.trim(), password } });
      toasts.tell(() => words.account.verifySent(email.trim()));
      onClose();
    } catch (error) {
      const fields = error instanceof ConveneError ? error.fields : {};
      const wrong = passwordProblem(error);
      setErrors({ ...fields, ...(wrong && { password: wrong }) });
      if (!wrong && !Object.keys(fields).length) toasts.complain(error);
    }
    setBusy(false);
  }

  return (
    <Dialog
      title={words.account.changeEmail}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button look="primary" type="submit" form="change-email" busy={isBusy}>
            {words.account.sendLink}
          </Button>
        </>
      }
    >
      <form
        id="change-email"
        class="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p>{words.account.changeEmailHint}</p>
        <EmailField
          label={words.account.newEmail}
          autoComplete="email"
          value={email}
          onText={setEmail}
          error={errors.email}
        />
        <PasswordField
          label={words.account.currentPassword}
          value={password}
          onText={setPassword}
          error={errors.password}
        />
      </form>
    </Dialog>
  );
}
