import { Check } from "lucide";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

import { Icon } from "../design/icon";
import { words } from "../words";

interface SectionProps {
  title: string;
  hint?: string;
  /** Whether something in it was kept just now. */
  isSaved?: boolean;
  children: ComponentChildren;
}

/** Settings that belong together, under one heading. */
export function Section({ title, hint, isSaved = false, children }: SectionProps) {
  const id = useId();
  return (
    <section class="settings" aria-labelledby={id}>
      <header class="settings-head">
        <h2 id={id}>{title}</h2>
        <span class={`settings-saved ${isSaved ? "settings-saved-now" : ""}`} role="status">
          {isSaved && (
            <>
              <Icon of={Check} size={16} />
              {words.account.saved}
            </>
          )}
        </span>
        {hint && <p class="settings-hint">{hint}</p>}
      </header>
      <div class="card settings-card">{children}</div>
    </section>
  );
}

interface SettingProps {
  label: string;
  hint?: ComponentChildren;
  /** On narrow screens the control goes below its words. */
  stacks?: boolean;
  /** Gets the ids by which it names and describes itself. */
  children: (ids: { id: string; labelledBy: string; describedBy: string | undefined }) => ComponentChildren;
}

/** One setting: what it is on the one side, how it is on the other. */
export function Setting({ label, hint, stacks, children }: SettingProps) {
  const id = useId();
  const [labelId, hintId] = [`${id}-label`, `${id}-hint`];
  return (
    <div class={`setting ${stacks ? "setting-stacks" : ""}`}>
      <div class="setting-words">
        <label id={labelId} for={id} class="setting-label">
          {label}
        </label>
        {hint && (
          <p id={hintId} class="field-note">
            {hint}
          </p>
        )}
      </div>
      <div class="setting-control">{children({ id, labelledBy: labelId, describedBy: hint ? hintId : undefined })}</div>
    </div>
  );
}
