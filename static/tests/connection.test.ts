import assert from "node:assert/strict";
import { mock, test, type TestContext } from "node:test";

import type { Frame } from "../src/contract/events";
import type { RoomState } from "../src/contract/types";
import { ConveneError } from "../src/net/error";
import type { Ack, Handlers, Link } from "../src/net/socket";
import { Connection, type Change, type Told } from "../src/room/connection";
import { ANA, AT, BEN, SESSION, frame, makeMessage, makePerson, makeRoom, said } from "./room_fixture";

interface Call {
  command: string;
  payload: Record<string, unknown>;
  answer: (data: unknown, seq?: number) => Promise<void>;
  refuse: (code: string, status?: number) => Promise<void>;
}

/** A server one plays by hand: it hears commands, answers them, pushes events, cuts and gives back the link. */
function makeServer(t: TestContext) {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  const listeners = new Map<string, (message: never) => void>();
  const calls: Call[] = [];
  const told: unknown[][] = [];
  let handlers: Handlers | undefined;
  let isConnected = false;
  let connects = 0;
  let retries = 0;
  let freshToken: string | null = "fresh";
  const settled = async (work: () => void): Promise<void> => {
    work();
    for (let i = 0; i < 5; i += 1) await Promise.resolve();
  };

  const link: Link = {
    call: <T>(command: string, payload: object) =>
      new Promise<Ack<T>>((resolve, reject) => {
        calls.push({
          command,
          payload: payload as Record<string, unknown>,
          answer: (data, seq) => settled(() => resolve({ data: data as T, ...(seq !== undefined && { seq }) })),
          refuse: (code, status = 403) =>
            settled(() => reject(new ConveneError({ statusCode: status, errorCode: code, message: code }))),
        });
      }),
    on: (type, handler) => listeners.set(type, handler),
    connect: () => (connects += 1),
    retry: () => (retries += 1),
    close: () => (isConnected = false),
    get isConnected() {
      return isConnected;
    },
  };
  const tell =
    (name: string) =>
    (...parts: unknown[]) =>
      void told.push([name, ...parts]);
  const names: (keyof Told)[] = ["linkLost", "inside", "waiting", "position", "waitingMessage", "changed", "reacted"];
  const all = Object.fromEntries(
    [...names, "waitingStatus", "consentNeeded", "closed"].map((name) => [name, tell(name)]),
  );
  const connection = new Connection({
    sessionId: SESSION,
    fields: { language: "de" },
    open: (given) => ((handlers = given), link),
    freshToken: async () => freshToken,
    told: all as unknown as Told,
    soon: (work) => work(),
  });

  return {
    connection,
    calls,
    told: (name: string) => told.filter(([each]) => each === name).map(([, ...parts]) => parts),
    state: () => (told.filter(([name]) => name === "changed").at(-1)?.[1] as Change | undefined)?.state,
    connects: () => connects,
    retries: () => retries,
    last: (command: string) => {
      const call = calls.filter((each) => each.command === command).at(-1);
      assert.ok(call, `${command} was not sent`);
      return call;
    },
    push: (...frames: Frame[]) => {
      for (const { type, ...body } of frames) listeners.get(type)?.(body as never);
    },
    signal: (type: string, message: object) => listeners.get(type)?.(message as never),
    connect: () => settled(() => ((isConnected = true), handlers?.connected())),
    lose: (byServer = false) => settled(() => ((isConnected = false), handlers?.disconnected(byServer))),
    refuseLink: (status: number, details = {}) =>
      settled(() => handlers?.refused(new ConveneError({ statusCode: status, errorCode: "X", message: "", details }))),
    signOut: () => (freshToken = null),
    tick: (ms: number) => settled(() => mock.timers.tick(ms)),
  };
}

const me = makePerson(ANA);
const room = (changes: Partial<RoomState> = {}) =>
  makeRoom({ participants: { [ANA]: me, [BEN]: makePerson(BEN) }, ...changes });
const welcome = (seq: number, changes = {}) => ({
  participant: me,
  status: "approved",
  permissions: ["chat:send"],
  epoch: "e1",
  seq,
  state: room(),
  ...changes,
});

async function comeIn(t: TestContext, seq = 10) {
  const server = makeServer(t);
  await server.connect();
  await server.last("session:join").answer(welcome(seq));
  return server;
}

test("joining says what was chosen at the door, once", async (t) => {
  const server = await comeIn(t);
  assert.deepEqual(server.last("session:join").payload, { session_id: SESSION, language: "de" });
  await server.lose();
  await server.connect();
  assert.deepEqual(server.last("session:join").payload, { session_id: SESSION, after: { epoch: "e1", seq: 10 } });
});

test("events that overtake the answer to joining are not lost", async (t) => {
  const server = makeServer(t);
  await server.connect();
  server.push(said(11));
  await server.last("session:join").answer(welcome(10));
  assert.deepEqual(
    server.state()?.messages.map((each) => each.seq),
    [11],
  );
});

test("events of other sessions are none of our business", async (t) => {
  const server = await comeIn(t);
  server.push({ ...said(11), session_id: "another" } as Frame);
  assert.equal(server.told("changed").length, 1);
});

test("a gap that closes by itself asks for nothing", async (t) => {
  const server = await comeIn(t);
  server.push(said(12));
  await server.tick(900);
  server.push(said(11));
  await server.tick(5_000);
  assert.equal(
    server.calls.some((each) => each.command === "session:sync"),
    false,
  );
});

test("a gap that stays is asked about after a second, and again later if that is not answered", async (t) => {
  const server = await comeIn(t);
  server.push(said(12));
  await server.tick(1_000);
  assert.deepEqual(server.last("session:sync").payload, { session_id: SESSION, after: { epoch: "e1", seq: 10 } });
  await server.last("session:sync").refuse("TIMED_OUT", 0);
  await server.tick(2_000);
  assert.equal(server.calls.filter((each) => each.command === "session:sync").length, 2);
  await server.last("session:sync").answer({ epoch: "e1", seq: 12, events: [said(11), said(12)] });
  assert.deepEqual(
    server.state()?.messages.map((each) => each.seq),
    [11, 12],
  );
});

test("an ack that names a later head shows that its event is missing", async (t) => {
  const server = await comeIn(t);
  const call = server.connection.call("chat:send", { text: "hi" });
  await server.last("chat:send").answer({ id: "m" }, 11);
  await call;
  await server.tick(1_000);
  assert.ok(server.last("session:sync"));
});

test("a heartbeat of another epoch asks for the whole state", async (t) => {
  const server = await comeIn(t);
  server.signal("session:heartbeat", { session_id: SESSION, epoch: "e2", seq: 3 });
  await server.tick(1_000);
  assert.deepEqual(server.last("session:sync").payload, { session_id: SESSION });
  await server.last("session:sync").answer({ epoch: "e2", seq: 3, state: room() });
  server.push(said(4));
  assert.deepEqual(
    server.state()?.messages.map((each) => each.seq),
    [4],
  );
});

test("after the link was lost we come back with what we have, and know what we missed", async (t) => {
  const server = await comeIn(t);
  await server.lose();
  await server.connect();
  const events = [said(11), said(12)].map((each) => ({
    ...each,
    data: { message: { ...each.data, seq: each.seq, participant_id: BEN } },
  }));
  await server.last("session:join").answer(welcome(12, { state: undefined, events }));
  assert.deepEqual(server.told("inside").at(-1)?.[1], { messages: 2, isMore: false, isReturn: true });
});

test("joining is tried again as long as nobody refuses", async (t) => {
  const server = makeServer(t);
  await server.connect();
  await server.last("session:join").refuse("TIMED_OUT", 0);
  await server.tick(1_000);
  await server.last("session:join").refuse("UNAVAILABLE", 503);
  await server.tick(1_000);
  await server.last("session:join").answer(welcome(1));
  assert.equal(server.calls.length, 3);
  assert.equal(server.told("inside").length, 1);
});

test("a refusal closes the door and says why", async (t) => {
  for (const [code, why] of [
    ["PARTICIPANT_BANNED", "banned"],
    ["PARTICIPANT_REMOVED", "kicked"],
    ["SESSION_LOCKED", "failed"],
  ] as const) {
    const server = makeServer(t);
    await server.connect();
    await server.last("session:join").refuse(code);
    assert.equal(server.told("closed")[0]?.[0], why);
    mock.timers.reset();
  }
});

test("whoever must agree to being recorded is asked, and comes in by agreeing", async (t) => {
  const server = makeServer(t);
  await server.connect();
  await server.last("session:join").refuse("CONSENT_REQUIRED");
  assert.equal(server.told("consentNeeded").length, 1);
  server.connection.join({ consent: true });
  assert.equal(server.last("session:join").payload.consent, true);
});

test("who waits is let in without a click", async (t) => {
  const server = makeServer(t);
  await server.connect();
  await server.last("session:join").answer({ participant: me, status: "pending", permissions: [], position: 2 });
  server.signal("waiting_room:position", { session_id: SESSION, at: AT, data: { position: 1 } });
  server.signal("waiting_room:messaged", {
    session_id: SESSION,
    at: AT,
    data: { text: "soon", display_name: "Ada" },
  });
  server.signal("waiting_room:status", { session_id: SESSION, at: AT, data: { status: "active" } });
  server.signal("participant:approved", { session_id: SESSION, at: AT, data: { participant_id: BEN } });
  assert.equal(server.calls.length, 1);
  server.signal("participant:approved", { session_id: SESSION, at: AT, data: { participant_id: ANA } });
  await server.last("session:join").answer(welcome(20));
  assert.deepEqual(server.told("position"), [[1]]);
  assert.deepEqual(server.told("waitingMessage"), [[{ text: "soon", from: "Ada", at: AT }]]);
  assert.deepEqual(server.told("waitingStatus"), [["active"]]);
  assert.equal(server.told("inside").length, 1);
});

test("who waits hears that they were declined, or that the session is over", async (t) => {
  for (const [reason, why] of [
    ["no", "declined"],
    ["session:ended", "ended"],
  ] as const) {
    const server = makeServer(t);
    await server.connect();
    await server.last("session:join").answer({ participant: me, status: "pending", permissions: [] });
    server.signal("participant:declined", { session_id: SESSION, at: AT, data: { participant_id: ANA, reason } });
    assert.equal(server.told("closed")[0]?.[0], why);
    mock.timers.reset();
  }
});

test("who is sent out hears why, and does not come back by themselves", async (t) => {
  const server = await comeIn(t);
  server.push(frame(11, "participant:kicked", { participant_id: ANA, reason: "noise" }));
  assert.deepEqual(server.told("closed"), [["kicked", "noise", undefined]]);
  const connects = server.connects();
  await server.lose(true);
  await server.tick(60_000);
  assert.equal(server.connects(), connects);
});

test("that others are sent out is only news", async (t) => {
  const server = await comeIn(t);
  server.push(frame(11, "participant:kicked", { participant_id: BEN, reason: null }));
  assert.equal(server.told("closed").length, 0);
  assert.equal(server.state()?.participants[BEN], undefined);
});

test("becoming a host asks for everything anew, and learns what one may do", async (t) => {
  const server = await comeIn(t);
  server.push(frame(11, "participant:role_changed", { participant_id: ANA, role: "moderator" }));
  assert.deepEqual(server.last("session:join").payload, { session_id: SESSION });
  const hosts = room({ audience: "hosts" });
  await server.last("session:join").answer(welcome(11, { permissions: ["participant:mute"], state: hosts }));
  assert.equal(server.state()?.audience, "hosts");
});

test("another role on the same side keeps the state and learns what one may do", async (t) => {
  const server = await comeIn(t);
  server.push(frame(11, "participant:role_changed", { participant_id: ANA, role: "presenter" }));
  assert.deepEqual(server.last("session:join").payload.after, { epoch: "e1", seq: 11 });
});

test("two changes of role in a row end with what the last one allows", async (t) => {
  const server = await comeIn(t);
  server.push(
    frame(11, "participant:role_changed", { participant_id: ANA, role: "moderator" }),
    frame(12, "participant:role_changed", { participant_id: ANA, role: "attendee" }),
  );
  await server.last("session:join").answer(welcome(11, { state: room({ audience: "hosts" }) }));
  assert.equal(server.calls.filter((each) => each.command === "session:join").length, 3);
  await server.last("session:join").answer(welcome(12));
  assert.equal(server.state()?.audience, "everyone");
});

test("a link that the server cuts comes back with a fresh token, or not at all", async (t) => {
  const server = await comeIn(t);
  await server.lose(true);
  await server.tick(1_000);
  assert.equal(server.connects(), 2);
  server.signOut();
  await server.refuseLink(401);
  assert.equal(server.told("closed")[0]?.[0], "signedOut");
});

test("who is cut off before hearing that they were banned learns it when they come back", async (t) => {
  const server = await comeIn(t);
  server.signOut();
  await server.lose(true);
  await server.tick(1_000);
  await server.connect();
  await server.last("session:join").refuse("PARTICIPANT_BANNED", 403);
  assert.equal(server.told("closed")[0]?.[0], "banned");
});

test("a link refused for being one too many is tried again when the server says so", async (t) => {
  const server = makeServer(t);
  await server.refuseLink(429, { retry_after_s: 3 });
  await server.tick(2_900);
  assert.equal(server.connects(), 1);
  await server.tick(100);
  assert.equal(server.connects(), 2);
});

test("when the session ends there is nothing left to come back to", async (t) => {
  const server = await comeIn(t);
  server.push(frame(11, "session:ended", { paused_s: 0 }));
  assert.equal(server.state()?.session.status, "ended");
  const connects = server.connects();
  await server.lose();
  await server.tick(60_000);
  assert.equal(server.connects(), connects);
});

test("leaving closes the link even if nobody answers", async (t) => {
  const server = await comeIn(t);
  const gone = server.connection.leave();
  await server.last("session:leave").refuse("TIMED_OUT", 0);
  await gone;
  assert.equal(server.told("closed")[0]?.[0], "left");
});

test("a page that comes back tries a lost link at once, and trusts one that stands", async (t) => {
  const server = await comeIn(t);
  server.connection.wake(false);
  assert.equal(server.retries(), 0);
  await server.lose();
  server.connection.wake(false);
  assert.equal(server.retries(), 1);
});

test("after a sleep a link has to answer, or it is given up", async (t) => {
  const server = await comeIn(t);
  server.connection.wake(true);
  assert.deepEqual(server.last("session:join").payload.after, { epoch: "e1", seq: 10 });
  await server.last("session:join").answer(welcome(10, { state: undefined, events: [] }));
  await server.tick(10_000);
  assert.equal(server.retries(), 0);
  server.connection.wake(true);
  await server.tick(4_000);
  assert.equal(server.retries(), 1);
});

test("who was away for more than is told knows that there was more", async (t) => {
  const server = await comeIn(t);
  await server.lose();
  await server.connect();
  const messages = Array.from({ length: 50 }, (_, i) => ({ ...makeMessage(100 + i), participant_id: BEN }));
  await server.last("session:join").answer(welcome(400, { state: room({ messages }) }));
  assert.deepEqual(server.told("inside").at(-1)?.[1], { messages: 50, isMore: true, isReturn: true });
});
