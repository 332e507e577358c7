import type { ComponentChildren } from "preact";

import { Setting } from "./section";

interface Option<K extends string> {
  value: K;
  label: string;
}

interface SegmentsProps<K extends string> {
  label: string;
  hint?: string;
  value: K;
  options: readonly Option<K>[];
  onChoose: (value: K) => void;
}

/** One of a few, all of them in sight. */
export function Segments<K extends string>({ label, hint, value, options, onChoose }: SegmentsProps<K>) {
  return (
    <Setting label={label} {...(hint && { hint })}>
      {({ id, labelledBy, describedBy }) => (
        <div role="radiogroup" aria-labelledby={labelledBy} aria-describedby={describedBy} class="segmented">
          {options.map((option, i) => (
            <label key={option.value} class="segment">
              <input
                id={i === 0 ? id : undefined}
                type="radio"
                name={id}
                checked={option.value === value}
                onChange={() => onChoose(option.value)}
              />
              <span>{option.label}</span>
            </label>
          ))}
        </div>
      )}
    </Setting>
  );
}

interface ChoiceProps {
  label: string;
  hint?: ComponentChildren;
  value: string;
  options: readonly Option<string>[];
  onChoose: (value: string) => void;
}

/** One of many. */
export function Choice({ label, hint, value, options, onChoose }: ChoiceProps) {
  return (
    <Setting label={label} hint={hint}>
      {({ id, describedBy }) => (
        <span class="select-box">
          <select
            id={id}
            class="input"
            value={value}
            aria-describedby={describedBy}
            onChange={(event) => onChoose(event.currentTarget.value)}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value} selected={option.value === value}>
                {option.label}
              </option>
            ))}
          </select>
        </span>
      )}
    </Setting>
  );
}

interface SwitchProps {
  label: string;
  hint?: string;
  checked: boolean;
  onToggle: (checked: boolean) => void;
}

/** On or off. */
export function Switch({ label, hint, checked, onToggle }: SwitchProps) {
  return (
    <Setting label={label} {...(hint && { hint })}>
      {({ id, describedBy }) => (
        <span class="toggle-switch">
          <input
            id={id}
            type="checkbox"
            role="switch"
            checked={checked}
            aria-describedby={describedBy}
            onChange={(event) => onToggle(event.currentTarget.checked)}
          />
        </span>
      )}
    </Setting>
  );
}
