import { useEffect, useState } from "preact/hooks";

import { useClient } from "../client";
import { Button, Link } from "../design/button";
import { TextField } from "../design/field";
import { ConveneError } from "../net/error";
import { ownPath } from "../router";
import { words } from "../words";
import { errorsOf, type Errors } from "./credentials";
import { EntryForm } from "./entry_form";
import { PasswordField } from "./password_field";

export function SignInPage() {
  const { account, router } = useClient();
  const next = ownPath(router.place.value.query.get("next"));
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<Errors<"email" | "password">>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isMember = account.user.value !== null;

  useEffect(() => {
    if (isMember) router.go(next, { replace: true });
  }, [isMember]);

  async function submit(): Promise<void> {
    const found = errorsOf({
      email: email.trim() ? undefined : words.identity.needEmail,
      password: password ? undefined : words.identity.needPassword,
    });
    setErrors(found);
    setProblem(null);
    if (Object.keys(found).length) return;
    setBusy(true);
    try {
      await account.logIn({ email: email.trim(), password });
    } catch (error) {
      if (error instanceof ConveneError) setErrors(error.fields);
      setProblem(error instanceof Error ? error.message : words.errors.unexpected);
    }
    setBusy(false);
  }

  return (
    <EntryForm
      title={words.identity.signInTitle}
      hint={words.identity.signInHint}
      problem={problem}
      onSubmit={submit}
      otherwise={
        <>
          {words.identity.noAccount}{" "}
          <Link href={`/register?next=${encodeURIComponent(next)}`} class="link">
            {words.shell.register}
          </Link>
        </>
      }
    >
      <TextField
        label={words.identity.email}
        type="email"
        autoComplete="username"
        autoCapitalize="off"
        spellcheck={false}
        autoFocus
        value={email}
        onText={setEmail}
        error={errors.email}
      />
      <PasswordField value={password} onText={setPassword} error={errors.password} />
      <Button type="submit" look="primary" size="large" busy={isBusy}>
        {words.shell.signIn}
      </Button>
    </EntryForm>
  );
}
