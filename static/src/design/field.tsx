import { CircleAlert } from "lucide";
import type { ComponentChildren, Ref } from "preact";
import { useId, useLayoutEffect } from "preact/hooks";

import { Icon } from "./icon";

interface FrameProps {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  hideLabel?: boolean | undefined;
  children: ComponentChildren;
}

function Frame({ id, label, hint, error, hideLabel, children }: FrameProps) {
  return (
    <div class={`field ${error ? "field-wrong" : ""}`}>
      <label for={id} class={hideLabel ? "sr-only" : "field-label"}>
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-note`} class="field-note field-error">
          <Icon of={CircleAlert} size={16} />
          <span>{error}</span>
        </p>
      ) : (
        hint && (
          <p id={`${id}-note`} class="field-note">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

interface Shared {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  hideLabel?: boolean;
}

export interface TextFieldProps extends Shared {
  value: string;
  onText: (value: string) => void;
  onBlur?: () => void;
  type?: "text" | "email" | "password" | "search" | "number" | "date" | "time" | "datetime-local";
  class?: string;
  autoComplete?: "email" | "username" | "current-password" | "new-password" | "one-time-code" | "name" | "off";
  autoCapitalize?: "off" | "characters";
  /** Which keys a telephone offers. */
  inputMode?: "email";
  /** Also on a page that comes later: the browser itself does it only once. */
  autoFocus?: boolean;
  placeholder?: string;
  maxLength?: number;
  min?: string;
  max?: string;
  spellcheck?: boolean;
  readOnly?: boolean;
  onKeyDown?: (event: KeyboardEvent) => void;
  onPaste?: (event: ClipboardEvent) => void;
  /** Something at the end of the field, such as a button. */
  end?: ComponentChildren;
  ref?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  hint,
  error,
  hideLabel,
  value,
  onText,
  end,
  type = "text",
  class: extra,
  ...rest
}: TextFieldProps) {
  const id = useId();
  useLayoutEffect(() => {
    if (rest.autoFocus) document.getElementById(id)?.focus();
  }, []);
  return (
    <Frame {...{ id, label, hint, error, hideLabel }}>
      <span class="input-row">
        <input
          {...rest}
          type={type as "text"}
          id={id}
          class={`input ${extra ?? ""}`}
          value={value}
          onInput={(event) => onText(event.currentTarget.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={error || hint ? `${id}-note` : undefined}
        />
        {end}
      </span>
    </Frame>
  );
}

interface TextAreaProps extends Shared {
  value: string;
  onText: (value: string) => void;
  rows?: number;
  maxLength?: number;
}

export function TextArea({ label, hint, error, hideLabel, value, onText, rows = 3, maxLength }: TextAreaProps) {
  const id = useId();
  return (
    <Frame {...{ id, label, hint, error, hideLabel }}>
      <textarea
        id={id}
        class="input"
        rows={rows}
        maxLength={maxLength}
        value={value}
        onInput={(event) => onText(event.currentTarget.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-note` : undefined}
      />
    </Frame>
  );
}

interface SelectProps extends Shared {
  value: string;
  options: readonly { value: string; label: string }[];
  onChoose: (value: string) => void;
}

export function Select({ label, hint, error, hideLabel, value, options, onChoose }: SelectProps) {
  const id = useId();
  return (
    <Frame {...{ id, label, hint, error, hideLabel }}>
      <span class="select-box">
        <select
          id={id}
          class="input"
          value={value}
          onChange={(event) => onChoose(event.currentTarget.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={error || hint ? `${id}-note` : undefined}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      </span>
    </Frame>
  );
}

interface ToggleProps {
  label: string;
  hint?: string;
  checked: boolean;
  onToggle: (checked: boolean) => void;
  look?: "switch" | "checkbox";
  error?: string | undefined;
}

export function Toggle({ label, hint, checked, onToggle, look = "switch", error }: ToggleProps) {
  const id = useId();
  return (
    <div class={`toggle toggle-${look}`}>
      <input
        id={id}
        type="checkbox"
        role={look === "switch" ? "switch" : undefined}
        checked={checked}
        onChange={(event) => onToggle(event.currentTarget.checked)}
        aria-describedby={hint || error ? `${id}-note` : undefined}
        aria-invalid={error ? true : undefined}
      />
      <label for={id}>{label}</label>
      {(error ?? hint) && (
        <p id={`${id}-note`} class={`field-note ${error ? "field-error" : ""}`}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
