import assert from "node:assert/strict";
import { test } from "node:test";

import type { Role } from "../src/contract/types";
import { initialsOf } from "../src/design/avatar";
import { match, ownPath } from "../src/router";
import { recordingSeconds, sessionSeconds } from "../src/room/clock";
import { newsOf } from "../src/room/news";
import { actsOn, outranks, rolesFor, type Me } from "../src/room/rights";
import { rosterOf, stageOrder } from "../src/room/roster";
import { createOrder } from "../src/room/roster_order";
import { seatsOf, tilingOf } from "../src/room/tiling";
import { ANA, BEN, frame, makeMessage, makePerson, makeRoom } from "./room_fixture";

const PERMISSIONS = new Set([
  "participant:mute",
  "participant:unmute",
  "participant:kick",
  "participant:ban",
  "participant:set_role",
]);
const as = (role: Me["role"], changes: Partial<Me> = {}): Me => ({
  id: ANA,
  role,
  isAdmin: false,
  ownerId: "owner",
  permissions: PERMISSIONS,
  ...changes,
});

test("nobody acts on themselves, on their equals or on those above; a host acts on other hosts", () => {
  assert.equal(outranks(as("host"), makePerson(ANA)), false);
  assert.equal(outranks(as("co_host"), makePerson(BEN, { role: "co_host" })), false);
  assert.equal(outranks(as("moderator"), makePerson(BEN, { role: "host" })), false);
  assert.equal(outranks(as("moderator"), makePerson(BEN)), true);
  assert.equal(outranks(as("host"), makePerson(BEN, { role: "host" })), true);
});

test("nobody but an administrator acts on the session's owner", () => {
  const owner = makePerson(BEN, { role: "host", user_id: "owner" });
  assert.equal(outranks(as("host"), owner), false);
  assert.equal(outranks(as("attendee", { isAdmin: true }), owner), true);
});

test("roles are given up to one's own; only a host makes hosts", () => {
  const below: Role[] = ["moderator", "presenter", "learner", "observer"];
  assert.deepEqual(rolesFor(as("host"), makePerson(BEN)), ["host", "co_host", "instructor", ...below]);
  assert.deepEqual(rolesFor(as("co_host"), makePerson(BEN)), below);
  assert.deepEqual(rolesFor(as("co_host", { permissions: new Set() }), makePerson(BEN)), []);
});

test("one is offered what makes sense: who is muted can be unmuted", () => {
  assert.deepEqual(
    [actsOn(as("host"), makePerson(BEN)).canMute, actsOn(as("host"), makePerson(BEN)).canUnmute],
    [true, false],
  );
  assert.equal(actsOn(as("host"), makePerson(BEN, { is_muted: true })).canUnmute, true);
});

test("hands stand in the order in which they were raised, and oneself before the rest", () => {
  const people = [
    makePerson("a", { hand_raised_at: "2026-11-21T09:02:00Z" }),
    makePerson("b", { hand_raised_at: "2026-11-21T09:01:00Z" }),
    makePerson("c", { display_name: "Çem" }),
    makePerson("d", { role: "moderator" }),
    makePerson("z", { display_name: "Zoë" }),
  ];
  const { hosts, hands, others } = rosterOf(people, "z");
  assert.deepEqual(
    [hosts, hands, others].map((group) => group.map((each) => each.id)),
    [["d"], ["b", "a"], ["z", "c"]],
  );
  assert.deepEqual(
    rosterOf(people, "z", "çE").others.map((each) => each.id),
    ["c"],
  );
  assert.deepEqual(
    stageOrder([...people, makePerson("h", { role: "host" })], "z").map((each) => each.id),
    ["h", "d", "z", "b", "a", "c"],
  );
});

test("one may step out of sight oneself, and hide whom one stands above", () => {
  const me = as("moderator", { permissions: new Set(["participant:set_visibility"]) });
  assert.equal(actsOn(me, makePerson(ANA, { role: "moderator" })).canHide, true);
  assert.equal(actsOn(me, makePerson(BEN)).canHide, true);
  assert.equal(actsOn(me, makePerson(BEN, { role: "host" })).canHide, false);
  assert.equal(actsOn(as("attendee", { permissions: new Set() }), makePerson(ANA)).canHide, false);
});

test("the order of names is found anew only when somebody comes, goes or is called otherwise", () => {
  const order = createOrder();
  const people = { a: makePerson("a", { display_name: "Zoë" }), b: makePerson("b", { display_name: "Ada" }) };
  assert.deepEqual(
    order(people).map(({ id }) => id),
    ["b", "a"],
  );
  const raised = { ...people, a: { ...people.a, hand_raised_at: "2026-11-21T09:02:00Z" } };
  assert.deepEqual(order(raised), [people.b, raised.a]);
  const renamed = { ...people, a: { ...people.a, display_name: "Aaron" } };
  assert.deepEqual(
    order(renamed).map(({ id }) => id),
    ["a", "b"],
  );
  assert.deepEqual(order({ b: people.b }), [people.b]);
});

test("the audience has two rows, as wide as the stage is, and one where it is low", () => {
  assert.equal(seatsOf(7, 700), 14);
  assert.equal(seatsOf(3, 500), 6);
  assert.equal(seatsOf(7, 400), 7);
  assert.equal(seatsOf(0, 700), 4);
});

test("tiles fill the stage, and what does not fit is left to the last tile", () => {
  assert.deepEqual(tilingOf(1, { width: 900, height: 600 }), { columns: 1, shown: 1, width: 420 });
  assert.equal(tilingOf(5, { width: 900, height: 600 }).columns, 3);
  const crowded = tilingOf(60, { width: 330, height: 560 });
  assert.deepEqual([crowded.columns, crowded.shown < 60], [2, true]);
  assert.equal(tilingOf(3, { width: 0, height: 0 }).shown, 0);
});

test("clocks stand still in pauses and never run backwards", () => {
  const { session } = makeRoom();
  const at = (time: string): number => Date.parse(`2026-11-21T${time}Z`);
  assert.equal(sessionSeconds({ ...session, paused_s: 30 }, at("09:02:00")), 90);
  assert.equal(sessionSeconds({ ...session, paused_at: "2026-11-21T09:01:00Z" }, at("10:00:00")), 60);
  assert.equal(sessionSeconds(session, at("08:00:00")), 0);
  assert.equal(sessionSeconds({ ...session, started_at: null }, at("09:00:00")), null);
  const recording = { running_since: "2026-11-21T09:00:00Z", recorded_s: 5 } as Parameters<typeof recordingSeconds>[0];
  assert.equal(recordingSeconds(recording, at("09:00:10")), 15);
  assert.equal(recordingSeconds({ ...recording, running_since: null }, at("09:00:10")), 5);
});

test("news: who comes and goes by name, a crowd by number, and nothing about oneself", () => {
  const room = makeRoom({ participants: { [ANA]: makePerson(ANA), [BEN]: makePerson(BEN) } });
  const left = frame(1, "participant:left", { participant_id: BEN, reason: "left" });
  assert.deepEqual(newsOf([left], room, makeRoom(), ANA).spoken, ["Ben left"]);
  const crowd = ["p", "q", "r", "s"].map((id, i) => frame(i, "participant:joined", { participant: makePerson(id) }));
  assert.deepEqual(newsOf(crowd, room, room, ANA).spoken, ["4 people joined"]);
  const own = frame(1, "participant:joined", { participant: makePerson(ANA) });
  assert.deepEqual(newsOf([own], room, room, ANA).spoken, []);
  const muted = frame(2, "participant:all_muted", { participant_ids: [ANA] });
  assert.deepEqual(
    newsOf([muted], room, room, ANA).shown.map((say) => say()),
    ["You have been muted."],
  );
  const written = frame(3, "chat:sent", { message: makeMessage(3, { participant_id: BEN, display_name: "Ben" }) });
  assert.deepEqual(newsOf([written], room, room, ANA).written, ["New message from Ben"]);
});

test("initials stand for names in any script", () => {
  assert.deepEqual(["Ana Lima", "madonna", "李小龍", "Ana (Lisbon) de Sá", "🎉", ""].map(initialsOf), [
    "AL",
    "M",
    "李",
    "AS",
    "?",
    "?",
  ]);
});

test("addresses name their parts, and nobody is led to another site", () => {
  assert.deepEqual(match("/room/:id", "/room/42"), { id: "42" });
  assert.equal(match("/room/:id", "/room"), null);
  assert.deepEqual(["/sessions?page=2", "//evil.example", "/\\evil", "https://evil.example", null].map(ownPath), [
    "/sessions?page=2",
    "/",
    "/",
    "/",
    "/",
  ]);
});
