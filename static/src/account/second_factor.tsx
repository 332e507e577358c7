import { Copy } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { NewSecondFactor, RecoveryCodes, SecondFactorView } from "../contract/types";
import { Button } from "../design/button";
import { copyText } from "../design/copy_text";
import { TextField } from "../design/field";
import { LoadError } from "../design/load_error";
import { Skeleton } from "../design/notice";
import { PasswordField } from "../identity/password_field";
import { ConveneError } from "../net/error";
import { useLoad } from "../net/use_load";
import { words } from "../words";
import { Section } from "./section";

const PATH = "/users/me/second-factor";

/** Turning the second factor on takes the password and a first code; then the recovery codes are shown, once. */
export function SecondFactorSection() {
  const { rest } = useClient();
  const state = useLoad(async (signal) => (await rest<SecondFactorView>("GET", PATH, { signal })).data, []);
  const [begun, setBegun] = useState<NewSecondFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const now = state.data;

  function show(fresh: readonly string[] | null): void {
    setBegun(null);
    setCodes(fresh);
    state.reload();
  }

  return (
    <Section title={words.factor.title} hint={words.factor.hint}>
      <div class="factor">
        {state.error && <LoadError error={state.error} onRetry={state.reload} />}
        {!state.error && !now && <Skeleton lines={2} label={words.factor.title} />}
        {codes && <Codes codes={codes} onDone={() => setCodes(null)} />}
        {!codes && begun && <Confirm begun={begun} onConfirmed={show} />}
        {!codes && !begun && now && !now.is_on && (
          <Asking
            actions={[
              {
                name: words.factor.turnOn,
                run: async (password) =>
                  setBegun((await rest<NewSecondFactor>("POST", PATH, { body: { password } })).data),
              },
            ]}
          />
        )}
        {!codes && now?.is_on && (
          <>
            <p>{words.factor.isOn(now.recovery_codes_left)}</p>
            <Asking
              actions={[
                {
                  name: words.factor.renew,
                  run: async (password) =>
                    show(
                      (await rest<RecoveryCodes>("POST", `${PATH}/recovery-codes`, { body: { password } })).data.codes,
                    ),
                },
                {
                  name: words.factor.turnOff,
                  run: async (password) => {
                    await rest("DELETE", PATH, { body: { password } });
                    show(null);
                  },
                },
              ]}
            />
          </>
        )}
      </div>
    </Section>
  );
}

interface Action {
  name: string;
  run: (password: string) => Promise<void>;
}

/** What takes the password: whoever finds an open laptop must not do it. */
function Asking({ actions }: { actions: readonly Action[] }) {
  const { toasts } = useClient();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string | undefined>();
  const [busy, setBusy] = useState<string | null>(null);

  async function run({ name, run }: Action): Promise<void> {
    setError(password ? undefined : words.identity.needPassword);
    if (!password) return;
    setBusy(name);
    try {
      await run(password);
      setPassword("");
    } catch (failed) {
      if (failed instanceof ConveneError && failed.code === "WRONG_PASSWORD") setError(failed.message);
      else toasts.complain(failed);
    }
    setBusy(null);
  }

  return (
    <>
      <PasswordField label={words.factor.password} value={password} onText={setPassword} error={error} />
      <div class="factor-actions">
        {actions.map((action) => (
          <Button key={action.name} busy={busy === action.name} onClick={() => void run(action)}>
            {action.name}
          </Button>
        ))}
      </div>
    </>
  );
}

function Confirm({ begun, onConfirmed }: { begun: NewSecondFactor; onConfirmed: (codes: readonly string[]) => void }) {
  const { rest, toasts } = useClient();
  const [code, setCode] = useState("");
  const [error, setError] = useState<string | undefined>();

  async function submit(): Promise<void> {
    setError(code.trim().length < 6 ? words.entry.needCode : undefined);
    if (code.trim().length < 6) return;
    try {
      const { data } = await rest<RecoveryCodes>("POST", `${PATH}/confirm`, { body: { code: code.trim() } });
      onConfirmed(data.codes);
    } catch (failed) {
      if (failed instanceof ConveneError && failed.code === "WRONG_CODE") setError(failed.message);
      else toasts.complain(failed);
    }
  }

  return (
    <form
      class="factor-step"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p>{words.factor.scan}</p>
      <img class="factor-picture" src={begun.qr} alt={words.factor.picture} />
      <div class="factor-by-hand">
        <p class="field-note">{words.factor.orType}</p>
        <code class="to-copy factor-secret">{begun.secret}</code>
      </div>
      <TextField
        label={words.entry.code}
        autoComplete="one-time-code"
        spellcheck={false}
        maxLength={10}
        value={code}
        onText={setCode}
        error={error}
      />
      <Button type="submit" look="primary">
        {words.factor.confirm}
      </Button>
    </form>
  );
}

function Codes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { toasts } = useClient();
  return (
    <>
      <p>{words.factor.keepCodes}</p>
      <ul class="to-copy factor-codes" aria-label={words.factor.codes}>
        {codes.map((each) => (
          <li key={each}>
            <code>{each}</code>
          </li>
        ))}
      </ul>
      <div class="factor-actions">
        <Button icon={Copy} onClick={() => void copyText(codes.join("\n"), toasts, () => words.factor.codesCopied)}>
          {words.factor.copyCodes}
        </Button>
        <Button look="primary" onClick={onDone}>
          {words.factor.kept}
        </Button>
      </div>
    </>
  );
}
