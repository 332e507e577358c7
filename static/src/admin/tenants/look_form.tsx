import { useId, useState } from "preact/hooks";

import { TextField, Toggle } from "../../design/field";
import { words } from "../../words";
import { LogoSetting } from "./logo_setting";
import { SettingsForm, type OfTenant } from "./settings_form";

/** The accent that the site has if a tenant chooses none: as in styles/tokens.css. */
const SITES_OWN = "#0b6e63";

/** Name, accent and logo, with what they make of a page. */
export function LookForm({ tenant, onChanged }: OfTenant) {
  const [name, setName] = useState(tenant.name);
  const [accent, setAccent] = useState(tenant.accent);
  return (
    <SettingsForm
      title={words.tenants.look}
      hint={words.tenants.lookHint}
      changes={() => ({ ...(name.trim() && { name: name.trim() }), accent })}
      onChanged={onChanged}
    >
      <TextField label={words.tenants.name} maxLength={120} value={name} onText={setName} />
      <Toggle
        label={words.tenants.ownAccent}
        hint={words.tenants.accentHint}
        checked={accent !== null}
        onToggle={(isOwn) => setAccent(isOwn ? SITES_OWN : null)}
      />
      {accent !== null && <AccentField value={accent} onChoose={setAccent} />}
      <LogoSetting tenant={tenant} onChanged={onChanged} />
      <Preview name={name} accent={accent ?? SITES_OWN} logo={tenant.logo_url} />
    </SettingsForm>
  );
}

function AccentField({ value, onChoose }: { value: string; onChoose: (accent: string) => void }) {
  const id = useId();
  return (
    <div class="accent-field">
      <label for={id}>{words.tenants.accent}</label>
      <input
        id={id}
        type="color"
        class="accent-input"
        value={value}
        onInput={(event) => onChoose(event.currentTarget.value.toLowerCase())}
      />
      <span class="quiet">{value}</span>
    </div>
  );
}

function Preview({ name, accent, logo }: { name: string; accent: string; logo: string | null }) {
  return (
    <figure class="look-preview">
      <figcaption class="field-note">{words.tenants.preview}</figcaption>
      <div class="look-samples">
        {(["light", "dark"] as const).map((theme) => (
          // The attribute data-contrast has all that is derived from the accent derived here anew.
          <div key={theme} class="look-sample" data-theme={theme} data-contrast="normal" style={{ "--brand": accent }}>
            {logo ? <img class="brand-logo" src={logo} alt={name} /> : <strong>{name}</strong>}
            <span class="look-link">{words.tenants.sample}</span>
            <span class="button button-primary button-small" aria-hidden="true">
              <span class="button-text">{words.tenants.sample}</span>
            </span>
          </div>
        ))}
      </div>
    </figure>
  );
}
