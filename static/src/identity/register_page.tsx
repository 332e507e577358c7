import { useEffect, useState } from "preact/hooks";

import { mailedToken } from "../account/mailed_token";
import { useClient } from "../client";
import type { InvitationShown } from "../contract/types";
import { Button, Link } from "../design/button";
import { TextField } from "../design/field";
import { ConveneError } from "../net/error";
import type { Rest } from "../net/rest";
import { useLoad } from "../net/use_load";
import { ownPath } from "../router";
import { words } from "../words";
import { problemOf } from "../words/say";
import { emailError, errorsOf, newPasswordError, type Errors } from "./credentials";
import { EmailField } from "./email_field";
import { EntryForm } from "./entry_form";
import { rememberTenant } from "./meant_tenant";
import { PasswordField } from "./password_field";
import { ProviderButton } from "./provider_button";

type Name = "display_name" | "email" | "password";

export function RegisterPage() {
  const { account, router } = useClient();
  const next = ownPath(router.place.value.query.get("next"));
  const [fields, setFields] = useState({ display_name: "", email: "", password: "" });
  const [errors, setErrors] = useState<Errors<Name>>({});
  const [problem, setProblem] = useState<Error | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const isMember = account.user.value !== null;
  const { rest, site } = useClient();
  const [token] = useState(mailedToken);
  const { data: invited, error: badInvitation } = useLoad(() => readInvitation(rest, token), [token]);
  const email = invited?.email ?? fields.email;

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
      email: emailError(email),
      password: newPasswordError(fields.password),
    });
    setErrors(found);
    setProblem(null);
    if (Object.keys(found).length) return;
    setBusy(true);
    try {
      const all = { ...fields, email: email.trim(), ...(invited && { invitation: token }) };
      if (invited) rememberTenant(invited.site.slug);
      if ((await account.register(all)) === "mailed") setMailedTo(all.email);
    } catch (error) {
      const wrong = error instanceof ConveneError ? error.fields : {};
      setErrors(wrong);
      if (!Object.keys(wrong).length) setProblem(problemOf(error));
    }
    setBusy(false);
  }

  // Said before somebody has typed it all.
  const isClosed = !invited && site.view.value?.registration === "invitation";
  const hint = isClosed
    ? words.tenants.onlyInvited
    : invited
      ? words.tenants.invited(invited.site.name)
      : words.identity.registerHint;

  if (mailedTo) return <MailSentPage email={mailedTo} onBack={() => setMailedTo(null)} />;
  return (
    <EntryForm
      title={words.identity.registerTitle}
      hint={hint}
      problem={problem ?? badInvitation}
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
      {!isClosed && (
        <>
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
          <EmailField
            label={words.identity.email}
            autoComplete="email"
            value={email}
            readOnly={!!invited}
            onText={change("email")}
            error={errors.email}
          />
          <PasswordField isNew value={fields.password} onText={change("password")} error={errors.password} />
          <Button type="submit" look="primary" size="large" busy={isBusy}>
            {words.shell.register}
          </Button>
          {!invited && <ProviderButton next={next} />}
        </>
      )}
    </EntryForm>
  );
}

async function readInvitation(rest: Rest, token: string): Promise<InvitationShown | null> {
  if (!token) return null;
  return (await rest<InvitationShown>("POST", "/auth/invitation", { body: { token }, token: "" })).data;
}

/** What everybody sees where the site answers by mail: whether the address was known is told in the mail alone. */
function MailSentPage({ email, onBack }: { email: string; onBack: () => void }) {
  return (
    <EntryForm
      title={words.entry.mailSentTitle}
      hint={words.entry.mailSent(email)}
      problem={null}
      isNext
      onSubmit={() => Promise.resolve(onBack())}
      otherwise={
        <Link href="/sign-in" class="link">
          {words.account.backToSignIn}
        </Link>
      }
    >
      <p class="field-note">{words.entry.mailSentHint}</p>
      <Button type="submit">{words.entry.otherAddress}</Button>
    </EntryForm>
  );
}
