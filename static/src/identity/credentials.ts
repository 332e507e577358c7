// What can be said about an address, a password and a name before the server is asked.

import { words } from "../words";

export type Errors<F extends string> = Partial<Record<F, string>>;

export function emailError(email: string): string | undefined {
  if (!email.trim()) return words.identity.needEmail;
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? undefined : words.identity.badEmail;
}

export function newPasswordError(password: string): string | undefined {
  if (!password) return words.identity.needPassword;
  return [...password].length < 10 ? words.identity.shortPassword : undefined;
}

/** Only the fields that have something wrong. */
export function errorsOf<F extends string>(found: Record<F, string | undefined>): Errors<F> {
  return Object.fromEntries(Object.entries(found).filter(([, error]) => error !== undefined)) as Errors<F>;
}
