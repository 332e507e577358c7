import assert from "node:assert/strict";
import { test } from "node:test";

import type { SessionView } from "../src/contract/types";
import { agendaOf } from "../src/home/agenda";

const session = (id: string, start_time: string | null = null): SessionView =>
  ({ id, title: id, start_time }) as SessionView;
const isToday = (instant: string): boolean => instant.startsWith("2026-03-09");
const ids = (parts: ReturnType<typeof agendaOf>): [string, string[]][] =>
  parts.map(({ part, sessions }) => [part, sessions.map(({ id }) => id)]);

test("what runs is first, then today, what comes next and what was lately, each once", () => {
  const live = session("live");
  const noon = session("noon", "2026-03-09T12:00:00Z");
  const later = session("later", "2026-03-11T12:00:00Z");
  const parts = agendaOf({ live: [live], planned: [noon, later], recent: [later, live, session("old")] }, isToday);
  assert.deepEqual(ids(parts), [
    ["live", ["live"]],
    ["today", ["noon"]],
    ["next", ["later"]],
    ["recent", ["old"]],
  ]);
});

test("parts without sessions are left out, and none is endless", () => {
  assert.deepEqual(agendaOf({ live: [], planned: [], recent: [] }, isToday), []);
  const many = Array.from({ length: 20 }, (_, i) => session(`s${i}`));
  assert.deepEqual(ids(agendaOf({ live: [], planned: [], recent: many }, isToday)), [
    ["recent", ["s0", "s1", "s2", "s3", "s4"]],
  ]);
});
