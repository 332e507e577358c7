import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { ConveneError } from "../src/net/error";
import { latest } from "../src/net/latest";
import { createRest, queryString } from "../src/net/rest";
import { linkOver, type Transport } from "../src/net/socket";

const answer = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
const refusal = (statusCode: number, errorCode: string): Response =>
  answer(statusCode, { success: false, statusCode, errorCode, message: errorCode, details: {} });
const code = (expected: string) => (error: unknown) => error instanceof ConveneError && error.code === expected;

test("an expired token is refreshed once, and the request made again with the fresh one", async () => {
  const seen: (string | null)[] = [];
  const fetcher: typeof fetch = async (_, init) => {
    const token = new Headers(init?.headers).get("authorization");
    seen.push(token);
    return token === "Bearer old" ? refusal(401, "TOKEN_EXPIRED") : answer(200, { success: true, data: 7 });
  };
  const rest = createRest({ token: () => "old", refresh: async () => "new" }, fetcher);
  assert.equal((await rest<number>("GET", "/x")).data, 7);
  assert.deepEqual(seen, ["Bearer old", "Bearer new"]);
});

test("a token that is still refused after refreshing is refused", async () => {
  let asked = 0;
  const fetcher: typeof fetch = async () => ((asked += 1), refusal(401, "TOKEN_EXPIRED"));
  const rest = createRest({ token: () => "old", refresh: async () => "new" }, fetcher);
  await assert.rejects(rest("GET", "/x"), code("TOKEN_EXPIRED"));
  assert.equal(asked, 2);
});

test("a guest's token is never swapped for the account's", async () => {
  const rest = createRest({ token: () => "mine", refresh: () => assert.fail("refreshed") }, async () =>
    refusal(401, "TOKEN_EXPIRED"),
  );
  await assert.rejects(rest("GET", "/x", { token: "guest" }), code("TOKEN_EXPIRED"));
});

test("a refusal names its fields; an unreachable server and a stranger's page are errors too", async () => {
  const errors = [{ field: "title", reason: "too short" }];
  const body = { success: false, statusCode: 400, errorCode: "VALIDATION_ERROR", message: "x", details: { errors } };
  const given = (fetcher: typeof fetch) => createRest({ token: () => null, refresh: async () => null }, fetcher);
  await assert.rejects(given(async () => answer(400, body))("GET", "/x"), (error: ConveneError) => {
    assert.deepEqual(error.fields, { title: "too short" });
    return true;
  });
  await assert.rejects(given(() => Promise.reject(new TypeError("network")))("GET", "/x"), code("DISCONNECTED"));
  await assert.rejects(given(async () => new Response("<html>"))("GET", "/x"), code("UNREADABLE"));
});

test("what is not set is not asked for", () => {
  assert.equal(queryString({ q: "", page: 2, deleted: false, kind: undefined }), "?page=2&deleted=false");
  assert.equal(queryString({}), "");
});

type Listener = (...parts: unknown[]) => void;

function makeWire(): Transport & {
  fire: (event: string, ...parts: unknown[]) => void;
  acks: Listener[];
  sent: object[];
} {
  const listeners = new Map<string, Listener>();
  const acks: Listener[] = [];
  const sent: object[] = [];
  return {
    connected: true,
    acks,
    sent,
    on: (event, listener) => listeners.set(event, listener as Listener),
    emit: (_, payload, ack) => (sent.push(payload), acks.push(ack as Listener)),
    connect: () => undefined,
    disconnect: () => undefined,
    fire: (event, ...parts) => listeners.get(event)?.(...parts),
  };
}

const SILENT = { connected: () => {}, disconnected: () => {}, refused: () => {} };

test("a command settles with the answer, and carries its id", async () => {
  const wire = makeWire();
  const call = linkOver(wire, SILENT).call("chat:send", { text: "hi" }, "c-1");
  wire.acks[0]?.({ ok: true, data: { id: 1 }, seq: 9 });
  assert.deepEqual(await call, { data: { id: 1 }, seq: 9 });
  assert.deepEqual(wire.sent, [{ text: "hi", command_id: "c-1" }]);
});

test("a command settles with the server's refusal", async () => {
  const wire = makeWire();
  const call = linkOver(wire, SILENT).call("chat:send", {});
  wire.acks[0]?.({ ok: false, error: { statusCode: 403, errorCode: "FORBIDDEN", message: "no" } });
  await assert.rejects(call, code("FORBIDDEN"));
});

test("a command settles when the link is lost, when it was down already, and when nobody answers", async () => {
  const wire = makeWire();
  const link = linkOver(wire, SILENT, 5);
  const lost = link.call("chat:send", {});
  wire.fire("disconnect", "transport close");
  await assert.rejects(lost, code("DISCONNECTED"));
  await assert.rejects(link.call("chat:send", {}), code("TIMED_OUT"));
  wire.connected = false;
  await assert.rejects(link.call("chat:send", {}), code("DISCONNECTED"));
});

test("an answer that comes after its time changes nothing", async () => {
  const wire = makeWire();
  const call = linkOver(wire, SILENT, 1).call("chat:send", {});
  await assert.rejects(call, code("TIMED_OUT"));
  wire.acks[0]?.({ ok: true, data: {} });
});

test("the link tells who cut it, and why it was refused", () => {
  const wire = makeWire();
  const heard: unknown[] = [];
  linkOver(wire, {
    connected: () => heard.push("connected"),
    disconnected: (byServer) => heard.push(byServer),
    refused: (error) => heard.push(error.code),
  });
  wire.fire("connect");
  wire.fire("disconnect", "io server disconnect");
  wire.fire("disconnect", "ping timeout");
  wire.fire(
    "connect_error",
    Object.assign(new Error("no"), { data: { statusCode: 401, errorCode: "TOKEN_EXPIRED", message: "" } }),
  );
  wire.fire("connect_error", new Error("xhr poll error"));
  assert.deepEqual(heard, ["connected", true, false, "TOKEN_EXPIRED"]);
});

test("only the newest question's answer counts, however late an older one comes", async (t) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  const answers = new Map<string, (value: string) => void>();
  const heard: (string | undefined)[] = [];
  const { ask, cancel } = latest<string, string>(
    (query) => new Promise((resolve) => answers.set(query, resolve)),
    ({ answer: given }) => heard.push(given),
    200,
  );
  ask("K");
  mock.timers.tick(200);
  ask("K7");
  mock.timers.tick(100);
  ask("K7M");
  mock.timers.tick(200);
  assert.deepEqual([...answers.keys()], ["K", "K7M"]);
  answers.get("K7M")?.("newest");
  await Promise.resolve();
  answers.get("K")?.("stale");
  await new Promise(setImmediate);
  assert.deepEqual(heard, ["newest"]);
  ask("K7MP");
  cancel();
  mock.timers.tick(500);
  assert.equal(answers.has("K7MP"), false);
});
