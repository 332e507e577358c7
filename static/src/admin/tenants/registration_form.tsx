import { useId, useState } from "preact/hooks";

import { TextArea } from "../../design/field";
import { words } from "../../words";
import { SettingsForm, type OfTenant } from "./settings_form";

const RULES = ["open", "domains", "invitation"] as const;

/** Who may make an account. */
export function RegistrationForm({ tenant, onChanged }: OfTenant) {
  const [rule, setRule] = useState(tenant.registration);
  const [domains, setDomains] = useState(tenant.domains.join("\n"));
  const group = useId();
  return (
    <SettingsForm
      title={words.tenants.registration}
      hint={words.tenants.registrationHint}
      changes={() => ({ registration: rule, domains: domains.split(/[\s,;]+/).filter(Boolean) })}
      onChanged={onChanged}
    >
      <div class="tenant-rules" role="radiogroup" aria-label={words.tenants.registration}>
        {RULES.map((each) => (
          <label key={each} class="tenant-rule">
            <input type="radio" name={group} checked={rule === each} onChange={() => setRule(each)} />
            <span>{words.tenants.rules[each]}</span>
          </label>
        ))}
      </div>
      {rule === "domains" && (
        <TextArea label={words.tenants.domains} hint={words.tenants.domainsHint} value={domains} onText={setDomains} />
      )}
    </SettingsForm>
  );
}
