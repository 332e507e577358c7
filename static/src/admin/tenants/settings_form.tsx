import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { Section } from "../../account/section";
import { useSaving } from "../../account/use_saving";
import { useClient } from "../../client";
import type { TenantView } from "../../contract/types";
import { Button } from "../../design/button";
import { words } from "../../words";

export interface OfTenant {
  tenant: TenantView;
  onChanged: (tenant: TenantView) => void;
}

interface SettingsFormProps {
  title: string;
  hint: string;
  /** What is to be kept; what is left out stays as it is. */
  changes: () => object;
  onChanged: (tenant: TenantView) => void;
  children: ComponentChildren;
}

/** Settings that are kept together, by one button. */
export function SettingsForm({ title, hint, changes, onChanged, children }: SettingsFormProps) {
  const { rest } = useClient();
  const { isSaved, save } = useSaving();
  const [isBusy, setBusy] = useState(false);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    await save(async () => onChanged((await rest<TenantView>("PATCH", "/tenant", { body: changes() })).data));
    setBusy(false);
  }

  return (
    <Section title={title} hint={hint} isSaved={isSaved}>
      <form class="tenant-form" noValidate onSubmit={(event) => void submit(event)}>
        {children}
        <Button type="submit" look="primary" busy={isBusy}>
          {words.tenants.save}
        </Button>
      </form>
    </Section>
  );
}
