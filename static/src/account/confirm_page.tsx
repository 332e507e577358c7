import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { UserView } from "../contract/types";
import { Button, Link } from "../design/button";
import { EntryForm } from "../identity/entry_form";
import { words } from "../words";
import { Problem, problemOf } from "../words/say";
import { mailedToken } from "./mailed_token";

/** Where the link for an address leads. It takes a click: programs that look into mail open links by themselves. */
export function ConfirmPage() {
  const { account, rest } = useClient();
  const [token] = useState(mailedToken);
  const [problem, setProblem] = useState<Error | null>(token ? null : new Problem(() => words.account.badLink));
  const [confirmed, setConfirmed] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    if (!token) return;
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await rest<{ email: string }>("POST", "/auth/email", { body: { token }, token: "" });
      setConfirmed(data.email);
      if (account.user.peek()) account.show((await rest<UserView>("GET", "/users/me")).data);
    } catch (failed) {
      setProblem(problemOf(failed));
    }
    setBusy(false);
  }

  return (
    <EntryForm
      key={confirmed}
      title={confirmed ? words.account.confirmedTitle : words.account.confirmTitle}
      hint={confirmed ? words.account.confirmed(confirmed) : words.account.confirmHint}
      problem={problem}
      isNext={confirmed !== null}
      onSubmit={submit}
      otherwise={
        <Link href="/" class="link">
          {words.account.goOn}
        </Link>
      }
    >
      {token && !confirmed && (
        <Button type="submit" look="primary" size="large" busy={isBusy}>
          {words.account.confirm}
        </Button>
      )}
    </EntryForm>
  );
}
