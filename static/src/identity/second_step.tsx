import { useState } from "preact/hooks";

import { useClient } from "../client";
import { Button } from "../design/button";
import { TextField } from "../design/field";
import { ConveneError } from "../net/error";
import { words } from "../words";
import { problemOf } from "../words/say";
import { EntryForm } from "./entry_form";

/** After the password: the code of the authenticator, or a recovery code in its place. */
export function SecondStep({ challenge, onBack }: { challenge: string; onBack: () => void }) {
  const { account } = useClient();
  const [code, setCode] = useState("");
  const [error, setError] = useState<string | undefined>();
  const [problem, setProblem] = useState<Error | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    const missing = code.trim().length < 6 ? words.entry.needCode : undefined;
    setError(missing);
    setProblem(null);
    if (missing) return;
    setBusy(true);
    try {
      await account.takeSecondStep({ challenge, code: code.trim() });
    } catch (failed) {
      if (failed instanceof ConveneError && failed.code === "WRONG_CODE") setError(failed.message);
      else setProblem(problemOf(failed));
    }
    setBusy(false);
  }

  return (
    <EntryForm
      title={words.entry.secondTitle}
      hint={words.entry.secondHint}
      problem={problem}
      isNext
      onSubmit={submit}
      otherwise={
        <Button look="quiet" onClick={onBack}>
          {words.account.backToSignIn}
        </Button>
      }
    >
      <TextField
        label={words.entry.code}
        hint={words.entry.codeHint}
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellcheck={false}
        autoFocus
        maxLength={40}
        value={code}
        onText={setCode}
        error={error}
      />
      <Button type="submit" look="primary" size="large" busy={isBusy}>
        {words.shell.signIn}
      </Button>
    </EntryForm>
  );
}
