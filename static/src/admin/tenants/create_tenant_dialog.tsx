import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { CreatedTenant } from "../../contract/types";
import { Button } from "../../design/button";
import { Dialog } from "../../design/dialog";
import { TextField } from "../../design/field";
import { EmailField } from "../../identity/email_field";
import { ConveneError } from "../../net/error";
import { words } from "../../words";

interface CreateTenantProps {
  onClose: () => void;
  onCreated: (made: CreatedTenant, email: string) => void;
}

export function CreateTenantDialog({ onClose, onCreated }: CreateTenantProps) {
  const { rest } = useClient();
  const [name, setName] = useState("");
  const [slug, setSlug] = useState("");
  const [email, setEmail] = useState("");
  const [errors, setErrors] = useState<Record<string, string | undefined>>({});
  const [isBusy, setBusy] = useState(false);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      const body = { name: name.trim(), slug: slug.trim(), ...(email.trim() && { admin_email: email.trim() }) };
      onCreated((await rest<CreatedTenant>("POST", "/tenants", { body })).data, email.trim());
    } catch (error) {
      const fields = error instanceof ConveneError ? error.fields : {};
      const message = error instanceof Error ? error.message : String(error);
      setErrors(Object.keys(fields).length ? fields : { slug: message });
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={words.tenants.create}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.tenants.cancel}</Button>
          <Button
            look="primary"
            type="submit"
            form="create-tenant"
            busy={isBusy}
            disabled={!name.trim() || !slug.trim()}
          >
            {words.tenants.create}
          </Button>
        </>
      }
    >
      <form id="create-tenant" class="dialog-form" noValidate onSubmit={(event) => void submit(event)}>
        <TextField
          label={words.tenants.name}
          autoFocus
          maxLength={120}
          value={name}
          onText={setName}
          error={errors.name}
        />
        <TextField
          label={words.tenants.slug}
          hint={words.tenants.slugHint}
          autoCapitalize="off"
          spellcheck={false}
          maxLength={40}
          value={slug}
          onText={setSlug}
          error={errors.slug}
        />
        <EmailField
          label={words.tenants.admin}
          autoComplete="off"
          value={email}
          onText={setEmail}
          error={errors.admin_email}
        />
      </form>
    </Dialog>
  );
}
