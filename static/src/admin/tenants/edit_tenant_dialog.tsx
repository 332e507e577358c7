import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { TenantView } from "../../contract/types";
import { Button } from "../../design/button";
import { Dialog } from "../../design/dialog";
import { TextField } from "../../design/field";
import { ConveneError } from "../../net/error";
import { words } from "../../words";
import { LimitFields, limitsFrom, typedLimits } from "./limit_fields";

interface EditTenantProps {
  tenant: TenantView;
  onClose: () => void;
  onChanged: (tenant: TenantView) => void;
}

/** The name, the short name and the limits of any tenant. */
export function EditTenantDialog({ tenant, onClose, onChanged }: EditTenantProps) {
  const { rest, toasts } = useClient();
  const [name, setName] = useState(tenant.name);
  const [slug, setSlug] = useState(tenant.slug);
  const [limits, setLimits] = useState(() => typedLimits(tenant.limits));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [isBusy, setBusy] = useState(false);

  async function save(): Promise<void> {
    setBusy(true);
    const body = { name: name.trim(), slug: slug.trim(), limits: limitsFrom(limits) };
    try {
      onChanged((await rest<TenantView>("PATCH", `/tenants/${tenant.id}`, { body })).data);
    } catch (problem) {
      const isTaken = problem instanceof ConveneError && problem.code === "TENANT_EXISTS";
      const wrong = problem instanceof ConveneError ? problem.fields : {};
      setErrors(isTaken ? { slug: problem.message } : wrong);
      if (!isTaken && !Object.keys(wrong).length) toasts.complain(problem);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={words.tenants.edit(tenant.name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.tenants.cancel}</Button>
          <Button look="primary" type="submit" form="edit-tenant" busy={isBusy} disabled={!name.trim() || !slug.trim()}>
            {words.tenants.save}
          </Button>
        </>
      }
    >
      <form
        id="edit-tenant"
        class="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField label={words.tenants.name} maxLength={120} value={name} onText={setName} error={errors.name} />
        <TextField
          label={words.tenants.slug}
          hint={`${words.tenants.slugHint} ${words.tenants.slugChanges}`}
          autoCapitalize="off"
          spellcheck={false}
          maxLength={40}
          value={slug}
          onText={setSlug}
          error={errors.slug}
        />
        <fieldset class="tenant-limits-of">
          <legend>{words.tenants.limits}</legend>
          <p class="field-note">{words.tenants.limitsHint}</p>
          <LimitFields typed={limits} errors={errors} onType={setLimits} />
        </fieldset>
      </form>
    </Dialog>
  );
}
