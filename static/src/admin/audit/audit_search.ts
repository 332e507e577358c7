// What is looked for in the audit: kept in the page's address, in the server's own words.

import type { Query } from "../../net/rest";

export const AREAS = [
  "",
  "account:",
  "user:",
  "role:",
  "invitation:",
  "session:",
  "participant:",
  "chat:",
  "poll:",
  "recording:",
  "tenant:",
  "key:",
] as const;
export const KINDS = ["", "user", "api_key", "guest", "job", "stranger"] as const;
export const OUTCOMES = ["", "ok", "refused"] as const;
export const POINTED = ["who", "target_id", "session_id"] as const;

type One<T extends readonly string[]> = T[number];

export interface AuditSearch {
  q: string;
  action: One<typeof AREAS>;
  actor_kind: One<typeof KINDS>;
  outcome: One<typeof OUTCOMES>;
  /** Days, as 2026-11-21. */
  from: string;
  until: string;
  who: string;
  target_id: string;
  session_id: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[0-9a-f-]{36}$/;

export function searchFrom(query: URLSearchParams): AuditSearch {
  const given = (name: string): string => query.get(name) ?? "";
  const matching = (name: string, form: RegExp): string => (form.test(given(name)) ? given(name) : "");
  return {
    q: given("q"),
    action: AREAS.find((each) => each === given("action")) ?? "",
    actor_kind: KINDS.find((each) => each === given("actor_kind")) ?? "",
    outcome: OUTCOMES.find((each) => each === given("outcome")) ?? "",
    from: matching("from", DAY),
    until: matching("until", DAY),
    who: matching("who", ID),
    target_id: matching("target_id", ID),
    session_id: matching("session_id", ID),
  };
}

/** As the address has it: what is set, and nothing else. */
export function addressOf(search: AuditSearch): Query {
  const set: Query = {};
  for (const [name, value] of Object.entries(search) as [string, string][]) {
    if (value.trim()) set[name] = value.trim();
  }
  return set;
}

/** As the server is asked: days become moments, the last one to its end, where the reader is. */
export function askedOf(search: AuditSearch): Query {
  const { from, until, ...rest } = addressOf(search) as Record<string, string>;
  return {
    ...rest,
    ...(from && { from: startOf(from, 0) }),
    ...(until && { until: startOf(until, 1) }),
  };
}

function startOf(day: string, later: number): string {
  const start = new Date(`${day}T00:00`);
  start.setDate(start.getDate() + later);
  return start.toISOString();
}
