import { TextField, type TextFieldProps } from "../design/field";

interface EmailFieldProps extends Pick<
  TextFieldProps,
  "label" | "value" | "onText" | "hint" | "autoFocus" | "readOnly"
> {
  /** `email`: one's own; `username`: with which one signs in; `off`: somebody else's. */
  autoComplete: "email" | "username" | "off";
  error: string | undefined;
}

/** Where an address is typed: as it stands, without capitals or corrections of the device's own. */
export function EmailField(props: EmailFieldProps) {
  return <TextField {...props} type="email" autoCapitalize="off" spellcheck={false} maxLength={254} />;
}
