import assert from "node:assert/strict";
import { test } from "node:test";

import { createRest } from "../src/net/rest";
import { loadRange, MOST_PAGES } from "../src/sessions/calendar/load_range";

/** A server with so many sessions; `moved` of each page stand on the page before as well. */
function serverOf(total: number, moved = 0) {
  const asked: number[] = [];
  const answer = (input: RequestInfo | URL): Promise<Response> => {
    const { searchParams: query } = new URL(input as string, "http://server");
    const [page, limit] = [Number(query.get("page")), Number(query.get("limit"))];
    asked.push(page);
    const first = Math.max(0, (page - 1) * limit - moved);
    const data = Array.from({ length: Math.min(page * limit, total) - first }, (_, i) => ({ id: `s${first + i}` }));
    return Promise.resolve(Response.json({ success: true, data, pagination: { hasNext: page * limit < total } }));
  };
  return { asked, rest: createRest({ token: () => null, refresh: () => Promise.resolve(null) }, answer) };
}

const load = (server: ReturnType<typeof serverOf>) =>
  loadRange(server.rest, { from: "2030-05-01" }, new AbortController().signal);

test("a month is complete, however many sessions it has", async () => {
  const server = serverOf(1_250);
  const { sessions, isCut } = await load(server);
  assert.deepEqual([sessions.length, sessions.at(-1)?.id, isCut], [1_250, "s1249", false]);
  assert.deepEqual(server.asked.length, 13);
});

test("what has moved to another page meanwhile is there once", async () => {
  const { sessions } = await load(serverOf(250, 1));
  assert.equal(sessions.length, 250);
  assert.equal(new Set(sessions.map(({ id }) => id)).size, 250);
});

test("it comes to an end on a site without one, and says so", async () => {
  const server = serverOf(1_000_000);
  const { sessions, isCut } = await load(server);
  assert.deepEqual([sessions.length, isCut, server.asked.length], [MOST_PAGES * 100, true, MOST_PAGES]);
});
