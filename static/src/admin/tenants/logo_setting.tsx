import { useRef, useState } from "preact/hooks";

import { useClient } from "../../client";
import type { TenantView } from "../../contract/types";
import { Button } from "../../design/button";
import { words } from "../../words";
import type { OfTenant } from "./settings_form";

const TYPES = "image/jpeg,image/png,image/webp,image/gif";

export function LogoSetting({ tenant, onChanged }: OfTenant) {
  const { rest, toasts } = useClient();
  const chooser = useRef<HTMLInputElement>(null);
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
      <div class="picture-actions">
        <Button size="small" busy={isBusy} onClick={() => chooser.current?.click()}>
          {words.tenants.chooseLogo}
        </Button>
        {tenant.logo_url && (
          <Button size="small" look="quiet" onClick={() => void ask("DELETE")}>
            {words.tenants.removeLogo}
          </Button>
        )}
      </div>
      <input
        ref={chooser}
        type="file"
        accept={TYPES}
        hidden
        aria-label={words.tenants.chooseLogo}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) void ask("POST", file);
        }}
      />
    </div>
  );
}
