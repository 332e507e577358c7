import { useEffect, useState } from "preact/hooks";

import { useClient } from "../client";
import { Button, Link } from "../design/button";
import { TextField } from "../design/field";
import { ConveneError } from "../net/error";
import { ownPath } from "../router";
import { words } from "../words";
import { emailError, errorsOf, newPasswordError, type Errors } from "./credentials";
import { EntryForm } from "./entry_form";
import { PasswordField } from "./password_field";

type Name = "display_name" | "email" | "password";

export function RegisterPage() {
  const { account, router } = useClient();
  const next = ownPath(router.place.value.query.get("next"));
  const [fields, setFields] = useState({ display_name: "", email: "", password: "" });
  const [errors, setErrors] = useState<Errors<Name>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isMember = account.user.value !== null;

  useEffect(() => {
    if (isMember) router.go(next, { replace: true });
  }, [isMember]);

  const change = (name: Name) => (value: string) => {
    setFields((before) => ({ ...before, [name]: value }));
    setErrors(({ [name]: _, ...others }) => others);
  };

  async function submit(): Promise<void> {
    const found = errorsOf<Name>({
      display_name: fields.display_name.trim() ? undefined : words.identity.needName,
      email: emailError(fields.email),
      password: newPasswordError(fields.password),
    });
    setErrors(found);
    setProblem(null);
    if (Object.keys(found).length) return;
    setBusy(true);
    try {
      await account.register({ ...fields, email: fields.email.trim() });
    } catch (error) {
      const wrong = error instanceof ConveneError ? error.fields : {};
      setErrors(wrong);
      if (!Object.keys(wrong).length) setProblem(error instanceof Error ? error.message : words.errors.unexpected);
    }
    setBusy(false);
  }

  return (
    <EntryForm
      title={words.identity.registerTitle}
      hint={words.identity.registerHint}
      problem={problem}
      onSubmit={submit}
      otherwise={
        <>
          {words.identity.haveAccount}{" "}
          <Link href={`/sign-in?next=${encodeURIComponent(next)}`} class="link">
            {words.shell.signIn}
          </Link>
        </>
      }
    >
      <TextField
        label={words.identity.name}
        autoComplete="name"
        autoFocus
        maxLength={80}
        hint={words.identity.nameHint}
        value={fields.display_name}
        onText={change("display_name")}
        error={errors.display_name}
      />
      <TextField
        label={words.identity.email}
        type="email"
        autoComplete="email"
        autoCapitalize="off"
        spellcheck={false}
        maxLength={254}
        value={fields.email}
        onText={change("email")}
        error={errors.email}
      />
      <PasswordField isNew value={fields.password} onText={change("password")} error={errors.password} />
      <Button type="submit" look="primary" size="large" busy={isBusy}>
        {words.shell.register}
      </Button>
    </EntryForm>
  );
}
