import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { NewApiKey, PermissionView } from "../../contract/types";
import { Button } from "../../design/button";
import { Dialog } from "../../design/dialog";
import { TextField, Toggle } from "../../design/field";
import { LoadError } from "../../design/load_error";
import { Skeleton } from "../../design/notice";
import { ConveneError } from "../../net/error";
import { useLoad } from "../../net/use_load";
import { words } from "../../words";
import { formatNumber } from "../../words/format";
import { permissionName } from "../roles/permission_names";

interface Props {
  onClose: () => void;
  onMade: (key: NewApiKey) => void;
}

/** A new key of one's own: its name, what it may do, and until when. */
export function CreateKeyDialog({ onClose, onMade }: Props) {
  const { rest, toasts } = useClient();
  const [name, setName] = useState("");
  const [ends, setEnds] = useState("");
  const [scopes, setScopes] = useState<ReadonlySet<string>>(new Set());
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [isBusy, setBusy] = useState(false);

  async function create(): Promise<void> {
    setBusy(true);
    const expires_at = ends ? new Date(ends).toISOString() : null;
    try {
      const body = { name, scopes: [...scopes], expires_at };
      onMade((await rest<NewApiKey>("POST", "/users/me/api-keys", { body })).data);
    } catch (error) {
      const fields = error instanceof ConveneError ? error.fields : {};
      setErrors(fields);
      if (!Object.keys(fields).length) toasts.complain(error);
      setBusy(false);
    }
  }

  function choose(scope: string, isChosen: boolean): void {
    const chosen = new Set(scopes);
    if (isChosen) chosen.add(scope);
    else chosen.delete(scope);
    setScopes(chosen);
  }

  return (
    <Dialog
      title={words.apiKeys.create}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button
            look="primary"
            busy={isBusy}
            disabled={!name.trim() || scopes.size === 0}
            onClick={() => void create()}
          >
            {words.apiKeys.create}
          </Button>
        </>
      }
    >
      <div class="dialog-form">
        <TextField
          label={words.apiKeys.name}
          hint={words.apiKeys.nameHint}
          value={name}
          onText={setName}
          maxLength={60}
          autoComplete="off"
          error={errors.name}
        />
        <TextField
          label={words.apiKeys.ends}
          hint={words.apiKeys.endsHint}
          type="datetime-local"
          value={ends}
          onText={setEnds}
          error={errors.expires_at}
        />
        <ScopeChoice chosen={scopes} onChoose={choose} error={errors.scopes} />
      </div>
    </Dialog>
  );
}

interface ChoiceProps {
  chosen: ReadonlySet<string>;
  onChoose: (scope: string, isChosen: boolean) => void;
  error: string | undefined;
}

/** Only what one has oneself can be given; what a host may do is found out in the room. */
function ScopeChoice({ chosen, onChoose, error }: ChoiceProps) {
  const { account, rest } = useClient();
  const {
    data,
    error: failed,
    reload,
  } = useLoad(async (signal) => (await rest<PermissionView[]>("GET", "/permissions", { signal })).data, []);
  const own = new Set<string>(account.user.value?.permissions ?? []);
  if (failed) return <LoadError error={failed} onRetry={reload} />;
  if (!data) return <Skeleton lines={4} label={words.admin.opening} />;
  return (
    <fieldset class="scope-choice">
      <legend class="field-label">{words.apiKeys.scopes}</legend>
      <p class={error ? "field-note field-error" : "field-note"} aria-live="polite">
        {error ?? (chosen.size > 0 ? words.apiKeys.chosen(formatNumber(chosen.size)) : words.apiKeys.scopesHint)}
      </p>
      <div class="scope-list">
        {data
          .filter(({ scope, permission }) => scope === "session" || own.has(permission))
          .map(({ permission }) => (
            <Toggle
              key={permission}
              look="checkbox"
              label={permission}
              hint={permissionName(permission)}
              checked={chosen.has(permission)}
              onToggle={(isChosen) => onChoose(permission, isChosen)}
            />
          ))}
      </div>
    </fieldset>
  );
}
