import { useState } from "preact/hooks";

import { useClient } from "../client";
import { Button, Link } from "../design/button";
import { emailError } from "../identity/credentials";
import { EmailField } from "../identity/email_field";
import { EntryForm } from "../identity/entry_form";
import { ConveneError } from "../net/error";
import { meantTenant } from "../identity/meant_tenant";
import { words } from "../words";
import { problemOf } from "../words/say";

export function ForgotPage() {
  const { rest } = useClient();
  const [email, setEmail] = useState("");
  const [error, setError] = useState<string | undefined>();
  const [problem, setProblem] = useState<Error | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    const wrong = emailError(email);
    setError(wrong);
    setProblem(null);
    if (wrong) return;
    setBusy(true);
    try {
      const tenant = meantTenant();
      const body = { email: email.trim(), ...(tenant !== null && { tenant }) };
      await rest("POST", "/auth/password-reset", { body, token: "" });
      setSentTo(email.trim());
    } catch (failed) {
      const field = failed instanceof ConveneError ? failed.fields.email : undefined;
      setError(field);
      if (!field) setProblem(problemOf(failed));
    }
    setBusy(false);
  }

  return (
    <EntryForm
      key={sentTo}
      title={sentTo ? words.account.forgotSentTitle : words.account.forgotTitle}
      hint={sentTo ? words.account.forgotSent(sentTo) : words.account.forgotHint}
      problem={problem}
      isNext={sentTo !== null}
      onSubmit={submit}
      otherwise={
        <Link href="/sign-in" class="link">
          {words.account.backToSignIn}
        </Link>
      }
    >
      {!sentTo && (
        <>
          <EmailField
            label={words.identity.email}
            autoComplete="username"
            autoFocus
            value={email}
            onText={setEmail}
            error={error}
          />
          <Button type="submit" look="primary" size="large" busy={isBusy}>
            {words.account.sendLink}
          </Button>
        </>
      )}
    </EntryForm>
  );
}
