import { CircleAlert } from "lucide";
import { useEffect, useState } from "preact/hooks";

import { Icon } from "../design/icon";
import { ConveneError } from "../net/error";
import { Setting } from "./section";

interface TextSettingProps {
  label: string;
  hint: string;
  value: string;
  maxLength: number;
  autoComplete: "name" | "username";
  /** What is wrong with what is typed, before the server is asked. */
  check: (value: string) => string | undefined;
  /** Keeps it; what it throws is shown beside the field. */
  onKeep: (value: string) => Promise<void>;
}

/** A line of text that is kept when one leaves the field or presses Enter; Escape brings back what was. */
export function TextSetting({ label, hint, value, maxLength, autoComplete, check, onKeep }: TextSettingProps) {
  const [text, setText] = useState(value);
  const [error, setError] = useState<string | undefined>();
  useEffect(() => setText(value), [value]);

  async function keep(): Promise<void> {
    const typed = text.trim();
    const wrong = typed === value ? undefined : check(typed);
    setError(wrong);
    if (wrong || typed === value) return;
    try {
      await onKeep(typed);
    } catch (problem) {
      const fields = problem instanceof ConveneError ? Object.values(problem.fields) : [];
      setError(fields[0] ?? (problem instanceof Error ? problem.message : String(problem)));
    }
  }

  const note = error ? (
    <span class="field-error setting-error">
      <Icon of={CircleAlert} size={16} /> {error}
    </span>
  ) : (
    hint
  );
  return (
    <Setting label={label} hint={note}>
      {({ id, describedBy }) => (
        <input
          id={id}
          class="input"
          value={text}
          maxLength={maxLength}
          autoComplete={autoComplete}
          spellcheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy}
          onInput={(event) => setText(event.currentTarget.value)}
          onBlur={() => void keep()}
          onKeyDown={(event) => {
            if (event.key === "Enter") void keep();
            if (event.key !== "Escape") return;
            setText(value);
            setError(undefined);
          }}
        />
      )}
    </Setting>
  );
}
