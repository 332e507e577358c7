// What the server refused, in the reader's language.

import { words } from "../words";
import { formatLength, formatMoment } from "../words/format";
import type { ErrorBody, FieldError } from "./error";

const NUMBER = /\b\d+\b/g;

/** By the refusal's code; what we have no words for is told in the server's own. */
export function sentenceOf({ errorCode, message, details }: ErrorBody): string {
  if (!Object.hasOwn(words.refusals, errorCode)) return message;
  const saying = words.refusals[errorCode as keyof typeof words.refusals];
  if (typeof saying === "string") return saying;
  const { retry_after_s: wait, opens_at: opens, reason } = details ?? {};
  return saying({
    said: message,
    wait: typeof wait === "number" ? formatLength(Math.ceil(wait)) : null,
    opens: typeof opens === "string" ? formatMoment(opens) : null,
    reason: typeof reason === "string" ? reasonOf(reason) : null,
  });
}

/** What is wrong with each field, by its name. */
export function reasonsOf(errors: readonly FieldError[]): Record<string, string> {
  return Object.fromEntries(errors.map(({ field, reason }) => [field, reasonOf(reason)]));
}

function reasonOf(reason: string): string {
  const [first] = reason.match(NUMBER) ?? [];
  // Some go on with what a library has found, in a sentence of its own.
  const known = [reason.replace(NUMBER, "N"), reason.split(": ")[0] ?? ""].find((each) =>
    Object.hasOwn(words.reasons, each),
  );
  return known ? words.reasons[known as keyof typeof words.reasons](Number(first)) : reason;
}
