import { Eye, EyeOff } from "lucide";
import { useState } from "preact/hooks";

import { IconButton } from "../design/button";
import { TextField } from "../design/field";
import { words } from "../words";

interface PasswordFieldProps {
  label?: string;
  value: string;
  onText: (value: string) => void;
  error?: string | undefined;
  isNew?: boolean;
}

export function PasswordField({ label = words.identity.password, value, onText, error, isNew }: PasswordFieldProps) {
  const [isShown, show] = useState(false);
  return (
    <TextField
      label={label}
      type={isShown ? "text" : "password"}
      autoComplete={isNew ? "new-password" : "current-password"}
      hint={isNew ? words.identity.passwordHint : undefined}
      value={value}
      onText={onText}
      error={error}
      spellcheck={false}
      end={
        <IconButton
          class="input-end"
          icon={isShown ? EyeOff : Eye}
          label={isShown ? words.identity.hidePassword : words.identity.showPassword}
          tip="none"
          onClick={() => show(!isShown)}
        />
      }
    />
  );
}
