import type { AuditView } from "../../contract/types";
import { words } from "../../words";

/** What was done; of what was only tried, the name that programs have for it. */
export function actWord({ action }: Pick<AuditView, "action">): string {
  const acts: Readonly<Record<string, string | undefined>> = words.audit.acts;
  return acts[action] ?? words.audit.tried(action.replaceAll(/[:_]/g, " "));
}

/** Who did it, as they were called then. */
export function actorWord({ actor: { id, kind, name } }: Pick<AuditView, "actor">): string {
  if (kind === "stranger") return words.audit.stranger;
  if (kind === "job") return words.audit.system;
  // The name goes when the account is deleted; who it was is still one and the same.
  return name || (id ? words.people.former : words.audit.nobody);
}

/** The same, with what they came as where that is not an account. */
export function doerWord(entry: Pick<AuditView, "actor">): string {
  const { kind } = entry.actor;
  return kind === "guest" || kind === "api_key" ? `${actorWord(entry)} · ${words.audit.as[kind]}` : actorWord(entry);
}

/** The outcome: done, or why not, in the words that the person was told. */
export function outcomeWord({ outcome }: Pick<AuditView, "outcome">): string {
  return outcome === "ok" ? words.audit.done : words.audit.outcomes.refused;
}

/** A value of a field that changed. */
export function valueWord(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}
