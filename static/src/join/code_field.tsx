import { TextField } from "../design/field";
import { words } from "../words";
import { codeOf, strayIn } from "./code";

interface CodeFieldProps {
  code: string;
  onCode: (code: string) => void;
  error?: string | undefined;
  autoFocus?: boolean;
  hint?: string;
}

/** Takes a code in any spelling, or a whole link, and shows it as the code it is. */
export function CodeField({ code, onCode, error, autoFocus = false, hint }: CodeFieldProps) {
  const stray = strayIn(code);
  return (
    <TextField
      label={words.join.code}
      class="code-input"
      placeholder={words.join.placeholder}
      autoCapitalize="characters"
      autoComplete="off"
      spellcheck={false}
      autoFocus={autoFocus}
      hint={hint}
      value={code}
      onText={(typed) => onCode(codeOf(typed))}
      error={stray ? words.join.stray(stray) : error}
    />
  );
}
