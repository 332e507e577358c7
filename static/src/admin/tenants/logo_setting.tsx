import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { TenantView } from "../../contract/types";
import { PictureChooser } from "../../design/picture_chooser";
import { words } from "../../words";
import type { OfTenant } from "./settings_form";

export function LogoSetting({ tenant, onChanged }: OfTenant) {
  const { rest, toasts } = useClient();
  const [isBusy, setBusy] = useState(false);

  async function ask(method: "POST" | "DELETE", body?: File): Promise<void> {
    setBusy(true);
    try {
      onChanged((await rest<TenantView>(method, "/tenant/logo", body ? { body } : {})).data);
    } catch (error) {
      toasts.complain(error);
    }
    setBusy(false);
  }

  return (
    <div class="logo-setting">
      <span class="setting-label">{words.tenants.logo}</span>
      <p class="field-note">{words.tenants.logoHint}</p>
      <PictureChooser
        choose={words.tenants.chooseLogo}
        name={words.tenants.chooseLogo}
        remove={words.tenants.removeLogo}
        hasPicture={tenant.logo_url !== null}
        isBusy={isBusy}
        onChoose={(file) => void ask("POST", file)}
        onRemove={() => void ask("DELETE")}
      />
    </div>
  );
}
