import { Trash2 } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { Owned } from "../contract/types";
import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { Select } from "../design/field";
import { LoadError } from "../design/load_error";
import { PasswordField } from "../identity/password_field";
import { useLoad } from "../net/use_load";
import { words } from "../words";
import { EraseForm, fateOf, type Fate } from "./erase_form";
import { passwordProblem } from "./problems";
import { Setting } from "./section";

export function DeleteAccount() {
  const [isAsking, ask] = useState(false);
  return (
    <>
      <Setting stacks label={words.leaving.title} hint={words.leaving.hint}>
        {({ id, describedBy }) => (
          <Button id={id} icon={Trash2} look="danger" aria-describedby={describedBy} onClick={() => ask(true)}>
            {words.leaving.ask}
          </Button>
        )}
      </Setting>
      {isAsking && <DeleteDialog onClose={() => ask(false)} />}
    </>
  );
}

function DeleteDialog({ onClose }: { onClose: () => void }) {
  const { rest } = useClient();
  const owned = useLoad(async (signal) => (await rest<Owned>("GET", "/users/me/owned", { signal })).data, []);
  if (owned.error) {
    return (
      <Dialog title={words.leaving.title} onClose={onClose}>
        <LoadError error={owned.error} onRetry={owned.reload} />
      </Dialog>
    );
  }
  return owned.data ? <DeleteForm owned={owned.data} onClose={onClose} /> : null;
}

function DeleteForm({ owned, onClose }: { owned: Owned; onClose: () => void }) {
  const { account, router, toasts, rest } = useClient();
  const [fate, setFate] = useState<Fate>("archive");
  const [successor, setSuccessor] = useState(owned.successors[0]?.user_id ?? "");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);

  async function send(): Promise<void> {
    const missing = password ? undefined : words.identity.needPassword;
    setError(missing);
    if (missing) return;
    setBusy(true);
    try {
      await rest("DELETE", "/users/me", { body: { password, ...(owned.total ? fateOf(fate, successor) : {}) } });
      account.forget();
      toasts.tell(() => words.leaving.done);
      router.go("/", { replace: true });
    } catch (failed) {
      const wrong = passwordProblem(failed);
      setError(wrong);
      if (!wrong) toasts.complain(failed);
      setBusy(false);
    }
  }

  return (
    <EraseForm
      title={words.leaving.title}
      text={words.leaving.what}
      owned={owned.total > 0 ? owned : null}
      ownsLabel={words.leaving.owns(owned.total)}
      reassignHint={words.leaving.reassignHint}
      mayReassign={owned.successors.length > 0}
      fate={fate}
      onFate={setFate}
      successor={
        <Select
          label={words.leaving.successor}
          value={successor}
          options={owned.successors.map(({ user_id, display_name }) => ({ value: user_id, label: display_name }))}
          onChoose={setSuccessor}
        />
      }
      isBusy={isBusy}
      onClose={onClose}
      onSend={() => void send()}
    >
      <PasswordField
        label={words.account.currentPassword}
        value={password}
        onText={(text) => {
          setPassword(text);
          setError(undefined);
        }}
        error={error}
      />
    </EraseForm>
  );
}
