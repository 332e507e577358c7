import { useState } from "preact/hooks";

import { useClient } from "../client";
import { Button, Link } from "../design/button";
import { newPasswordError } from "../identity/credentials";
import { EntryForm } from "../identity/entry_form";
import { PasswordField } from "../identity/password_field";
import { ConveneError } from "../net/error";
import { words } from "../words";
import { Problem, problemOf } from "../words/say";
import { mailedToken } from "./mailed_token";

/** Where the link of a forgotten password leads. */
export function ResetPage() {
  const { rest, router, toasts } = useClient();
  const [token] = useState(mailedToken);
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string | undefined>();
  const [problem, setProblem] = useState<Error | null>(token ? null : new Problem(() => words.account.badLink));
  const [isBusy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    const wrong = newPasswordError(password);
    setError(wrong);
    if (wrong || !token) return;
    setBusy(true);
    setProblem(null);
    try {
      await rest("POST", "/auth/password-reset/confirm", { body: { token, password }, token: "" });
      toasts.tell(() => words.account.resetDone);
      router.go("/sign-in", { replace: true });
    } catch (failed) {
      const field = failed instanceof ConveneError ? failed.fields.password : undefined;
      setError(field);
      if (!field) setProblem(problemOf(failed));
    }
    setBusy(false);
  }

  return (
    <EntryForm
      title={words.account.resetTitle}
      hint={words.account.resetHint}
      problem={problem}
      onSubmit={submit}
      otherwise={
        <Link href="/forgot-password" class="link">
          {words.account.forgot}
        </Link>
      }
    >
      {token && (
        <>
          <PasswordField isNew label={words.account.newPassword} value={password} onText={setPassword} error={error} />
          <Button type="submit" look="primary" size="large" busy={isBusy}>
            {words.account.reset}
          </Button>
        </>
      )}
    </EntryForm>
  );
}
