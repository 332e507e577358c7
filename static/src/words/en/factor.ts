// The second factor of an account.

import { count } from "./count";

export const factor = {
  title: "Second factor",
  hint: "After your password, signing in asks for a code of an authenticator app.",
  turnOn: "Turn on",
  renew: "New recovery codes",
  turnOff: "Turn off",
  password: "Your password",
  scan: "Scan this with an authenticator app, then enter the code that it shows.",
  picture: "A QR code for your authenticator app",
  orType: "Or type in:",
  confirm: "Confirm",
  keepCodes:
    "Keep these codes where you find them without your phone. Each signs you in once. They are not shown again.",
  codes: "Recovery codes",
  copyCodes: "Copy the codes",
  codesCopied: "Codes copied",
  kept: "I have kept them",
  isOn: (n: number) => `It is on. ${count(n, "recovery code is", "recovery codes are")} left.`,
};
