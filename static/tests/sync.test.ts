import assert from "node:assert/strict";
import { test } from "node:test";

import type { Frame } from "../src/contract/events";
import { apply } from "../src/room/apply";
import { after, behind, caughtUp, emptySync, heartbeat, invalidate, receive, type Sync } from "../src/room/sync";
import { ANA, frame, makePerson, makeRoom, said } from "./room_fixture";

const texts = (sync: Sync): number[] => (sync.state?.messages ?? []).map((each) => each.seq);
const started = (seq = 10): Sync => caughtUp(emptySync(), { epoch: "e1", seq, state: makeRoom() }).sync;

test("the first answer gives the state, and nothing is missing", () => {
  const sync = started();
  assert.deepEqual([sync.epoch, sync.seq, behind(sync)], ["e1", 10, false]);
  assert.deepEqual(after(sync), { epoch: "e1", seq: 10 });
});

test("before the first answer we have nothing to name, and are not behind", () => {
  assert.equal(after(emptySync()), undefined);
  assert.equal(behind(receive(emptySync(), [said(4)]).sync), false);
});

test("events that arrive before the first answer are kept and applied after it", () => {
  const early = receive(emptySync(), [said(9), said(11), said(12)]).sync;
  const { sync, applied } = caughtUp(early, { epoch: "e1", seq: 10, state: makeRoom() });
  assert.deepEqual(
    applied.map((each) => each.seq),
    [11, 12],
  );
  assert.deepEqual([sync.seq, texts(sync)], [12, [11, 12]]);
});

test("in order: each is applied at once", () => {
  const { sync, applied } = receive(started(), [said(11), said(12)]);
  assert.equal(applied.length, 2);
  assert.deepEqual(texts(sync), [11, 12]);
});

test("a duplicate, and what is older than the state, are dropped", () => {
  const once = receive(started(), [said(11)]).sync;
  const again = receive(once, [said(11), said(10), said(3)]);
  assert.deepEqual(again.applied, []);
  assert.deepEqual(texts(again.sync), [11]);
});

test("the same event twice in one batch is applied once", () => {
  assert.deepEqual(texts(receive(started(), [said(11), said(11)]).sync), [11]);
});

test("after a gap everything is held until the gap is closed", () => {
  const held = receive(started(), [said(12), said(13)]);
  assert.deepEqual([held.applied.length, held.sync.seq, behind(held.sync)], [0, 10, true]);
  const closed = receive(held.sync, [said(11)]);
  assert.deepEqual(
    closed.applied.map((each) => each.seq),
    [11, 12, 13],
  );
  assert.equal(behind(closed.sync), false);
});

test("two gaps close one after the other, in whatever order", () => {
  let sync = receive(started(), [said(15), said(13)]).sync;
  sync = receive(sync, [said(11)]).sync;
  assert.equal(sync.seq, 11);
  sync = receive(sync, [said(14)]).sync;
  sync = receive(sync, [said(12)]).sync;
  assert.deepEqual([sync.seq, texts(sync), behind(sync)], [15, [11, 12, 13, 14, 15], false]);
});

test("missed events close the gap, and overlap with what came meanwhile is no harm", () => {
  const held = receive(started(), [said(13)]).sync;
  const answer = { epoch: "e1", seq: 13, events: [said(11), said(12), said(13)] };
  const { sync } = caughtUp(held, answer);
  assert.deepEqual([texts(sync), behind(sync)], [[11, 12, 13], false]);
});

test("an answer that arrives late changes nothing any more", () => {
  const ahead = receive(started(), [said(11), said(12)]).sync;
  const { sync, applied } = caughtUp(ahead, { epoch: "e1", seq: 11, events: [said(11)] });
  assert.deepEqual([applied, texts(sync), behind(sync)], [[], [11, 12], false]);
});

test("an empty answer whose head is later than ours leaves us behind", () => {
  assert.equal(behind(caughtUp(started(), { epoch: "e1", seq: 14, events: [] }).sync), true);
});

test("a snapshot newer than ours replaces it and drops what it contains", () => {
  const held = receive(started(), [said(12), said(22)]).sync;
  const { sync } = caughtUp(held, { epoch: "e1", seq: 21, state: makeRoom() });
  assert.deepEqual([sync.seq, texts(sync), sync.held.size], [22, [22], 0]);
});

test("a snapshot older than what we have is brought up to the present again", () => {
  const ahead = receive(started(), [said(11), said(12), said(13)]).sync;
  const { sync } = caughtUp(ahead, { epoch: "e1", seq: 11, state: makeRoom() });
  assert.deepEqual([sync.seq, texts(sync), behind(sync)], [13, [12, 13], false]);
});

test("a heartbeat finds a loss that no later event would show", () => {
  const sync = heartbeat(started(), "e1", 12);
  assert.equal(behind(sync), true);
  assert.equal(behind(receive(sync, [said(11), said(12)]).sync), false);
});

test("a heartbeat that was overtaken by events means nothing", () => {
  const ahead = receive(started(), [said(11)]).sync;
  assert.equal(behind(heartbeat(ahead, "e1", 10)), false);
});

test("a heartbeat before the first state is of no use yet", () => {
  assert.equal(behind(heartbeat(emptySync(), "e9", 5)), false);
});

test("another epoch asks for the whole state, and only that will do", () => {
  const sync = heartbeat(started(), "e2", 3);
  assert.deepEqual([behind(sync), after(sync)], [true, undefined]);
  const partly = caughtUp(sync, { epoch: "e1", seq: 11, events: [said(11)] }).sync;
  assert.equal(behind(partly), true);
  const whole = caughtUp(sync, { epoch: "e2", seq: 3, state: makeRoom() }).sync;
  assert.deepEqual([whole.epoch, whole.seq, behind(whole)], ["e2", 3, false]);
});

test("nothing of the old epoch survives into the new one", () => {
  const old = receive(started(), [said(11), said(14)]).sync;
  const { sync } = caughtUp(old, { epoch: "e2", seq: 4, state: makeRoom() });
  assert.deepEqual([sync.seq, sync.head, texts(sync), sync.held.size, sync.replay.length], [4, 4, [], 0, 0]);
});

test("missed events of another epoch are not mixed into ours", () => {
  const { sync, applied } = caughtUp(started(), { epoch: "e2", seq: 12, events: [said(11), said(12)] });
  assert.deepEqual([applied, sync.seq, behind(sync), after(sync)], [[], 10, true, undefined]);
});

test("with other rights the whole state is needed, and events go on meanwhile", () => {
  const sync = receive(invalidate(started()), [said(11)]).sync;
  assert.deepEqual([sync.seq, behind(sync), after(sync)], [11, true, undefined]);
  const hosts = makeRoom({ audience: "hosts" });
  const whole = caughtUp(sync, { epoch: "e1", seq: 10, state: hosts }).sync;
  assert.deepEqual([whole.state?.audience, whole.seq, behind(whole)], ["hosts", 11, false]);
});

test("what is hidden from us moves the sequence on", () => {
  const { sync } = receive(started(), [frame(11, "event:hidden", {}), said(12)]);
  assert.deepEqual([sync.seq, texts(sync)], [12, [12]]);
});

test("any order with any repetition ends in the state that the order of the log gives", () => {
  const log: Frame[] = [frame(11, "participant:joined", { participant: makePerson(ANA) })];
  for (let seq = 12; seq <= 40; seq += 2) {
    log.push(frame(seq, "participant:muted", { participant_id: ANA }), said(seq + 1));
  }
  const expected = log.reduce(apply, makeRoom());
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = mulberry(seed);
    const arrivals = [...log, ...log.filter(() => random() < 0.3)].sort(() => random() - 0.5);
    let sync = started();
    while (arrivals.length) sync = receive(sync, arrivals.splice(0, 1 + Math.floor(random() * 5))).sync;
    assert.deepEqual(sync.state, expected);
    assert.equal(behind(sync), false);
  }
});

/** A small generator of numbers from 0 to 1, so that a failure can be repeated by its seed. */
function mulberry(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
