import { useEffect, useState } from "preact/hooks";

import { useClient } from "../client";
import { Button, Link } from "../design/button";
import { TextField } from "../design/field";
import { ConveneError } from "../net/error";
import { ownPath } from "../router";
import { words } from "../words";
import { Problem, problemOf } from "../words/say";
import { errorsOf, type Errors } from "./credentials";
import { EntryForm } from "./entry_form";
import { PasswordField } from "./password_field";
import { challengeBroughtBack, refusalOf } from "./provider_return";
import { ProviderButton } from "./provider_button";
import { SecondStep } from "./second_step";

export function SignInPage() {
  const { account, router, site } = useClient();
  const { query } = router.place.value;
  const next = ownPath(query.get("next"));
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<Errors<"email" | "password">>({});
  const [problem, setProblem] = useState<Error | null>(() => refusalOf(query.get("refused")));
  const [isBusy, setBusy] = useState(false);
  const [challenge, setChallenge] = useState<string | null>(challengeBroughtBack);
  const [isArriving, setArriving] = useState(query.get("from") === "provider");
  const isMember = account.user.value !== null;

  useEffect(() => {
    if (isMember) router.go(next, { replace: true });
  }, [isMember]);

  // The cookie was brought along from the other site, where no script saw it.
  useEffect(() => {
    if (isArriving) void arrive();
  }, []);

  async function arrive(): Promise<void> {
    if ((await account.refresh().catch(() => null)) !== null) return;
    setProblem(new Problem(() => words.refusals.PROVIDER_REFUSED));
    setArriving(false);
  }

  async function submit(): Promise<void> {
    const found = errorsOf({
      email: email.trim() ? undefined : words.identity.needEmailOrUsername,
      password: password ? undefined : words.identity.needPassword,
    });
    setErrors(found);
    setProblem(null);
    if (Object.keys(found).length) return;
    setBusy(true);
    try {
      await account.logIn({ email: email.trim(), password });
    } catch (error) {
      const asked = error instanceof ConveneError ? error.details.challenge : null;
      if (error instanceof ConveneError) setErrors(error.fields);
      if (typeof asked === "string") setChallenge(asked);
      else setProblem(problemOf(error));
    }
    setBusy(false);
  }

  if (isArriving) return null;
  if (challenge) return <SecondStep challenge={challenge} onBack={() => setChallenge(null)} />;
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
        label={words.identity.emailOrUsername}
        inputMode="email"
        autoComplete="username"
        autoCapitalize="off"
        spellcheck={false}
        autoFocus
        value={email}
        onText={setEmail}
        error={errors.email}
      />
      <PasswordField value={password} onText={setPassword} error={errors.password} />
      {site.view.value?.sends_mail && (
        <Link href="/forgot-password" class="link forgot">
          {words.account.forgot}
        </Link>
      )}
      <Button type="submit" look="primary" size="large" busy={isBusy}>
        {words.shell.signIn}
      </Button>
      <ProviderButton next={next} />
    </EntryForm>
  );
}
