import { useState } from "preact/hooks";

import { words } from "../../words";
import { LimitFields, limitsFrom, typedLimits } from "./limit_fields";
import { SettingsForm, type OfTenant } from "./settings_form";

/** How much may be asked for. */
export function LimitsForm({ tenant, onChanged }: OfTenant) {
  const [typed, setTyped] = useState(() => typedLimits(tenant.limits));
  return (
    <SettingsForm
      title={words.tenants.limits}
      hint={words.tenants.limitsHint}
      changes={() => ({ limits: limitsFrom(typed) })}
      onChanged={onChanged}
    >
      <LimitFields typed={typed} onType={setTyped} />
    </SettingsForm>
  );
}
