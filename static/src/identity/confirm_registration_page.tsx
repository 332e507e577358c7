import { useEffect, useState } from "preact/hooks";

import { mailedToken } from "../account/mailed_token";
import { passwordProblem } from "../account/problems";
import { useClient } from "../client";
import { Button, Link } from "../design/button";
import { words } from "../words";
import { Problem, problemOf } from "../words/say";
import { EntryForm } from "./entry_form";
import { PasswordField } from "./password_field";

/** Where the mail of a registration leads. It takes the password: a stranger may have asked for the account. */
export function ConfirmRegistrationPage() {
  const { account, router } = useClient();
  const [token] = useState(mailedToken);
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string | undefined>();
  const [problem, setProblem] = useState<Error | null>(token ? null : new Problem(() => words.account.badLink));
  const [isBusy, setBusy] = useState(false);
  const isMember = account.user.value !== null;

  useEffect(() => {
    if (isMember) router.go("/", { replace: true });
  }, [isMember]);

  async function submit(): Promise<void> {
    if (!token) return;
    const missing = password ? undefined : words.identity.needPassword;
    setError(missing);
    setProblem(null);
    if (missing) return;
    setBusy(true);
    try {
      await account.confirmRegistration({ token, password });
    } catch (failed) {
      const wrong = passwordProblem(failed);
      setError(wrong);
      if (!wrong) setProblem(problemOf(failed));
    }
    setBusy(false);
  }

  return (
    <EntryForm
      title={words.entry.confirmTitle}
      hint={words.entry.confirmHint}
      problem={problem}
      onSubmit={submit}
      otherwise={
        <Link href="/register" class="link">
          {words.entry.startAgain}
        </Link>
      }
    >
      {token && (
        <>
          <PasswordField
            value={password}
            onText={(text) => {
              setPassword(text);
              setError(undefined);
            }}
            error={error}
          />
          <Button type="submit" look="primary" size="large" busy={isBusy}>
            {words.shell.register}
          </Button>
        </>
      )}
    </EntryForm>
  );
}
