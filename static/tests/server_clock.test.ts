import assert from "node:assert/strict";
import { test } from "node:test";

import { askTime, createServerClock } from "../src/net/server_clock";

const TRUE_NOON = Date.parse("2026-03-01T12:00:00Z");
const HOUR = 3_600_000;

/** Our own clock, wrong by so much, and a server whose clock is right. */
function makeClock(wrongBy: number) {
  let truth = TRUE_NOON;
  let error = wrongBy;
  const own = (): number => truth + error;
  const clock = createServerClock(own);
  return {
    clock,
    pass: (ms: number) => (truth += ms),
    set: (wrong: number) => (error = wrong),
    answer: (tookMs = 40) => {
      const sentAt = own();
      truth += tookMs;
      clock.heardAnswer(new Date(truth).toUTCString(), sentAt);
    },
    event: (delayMs = 20) => {
      const at = new Date(truth).toISOString();
      truth += delayMs;
      clock.heardEvent(at);
    },
    error: () => clock.now() - truth,
  };
}

test("before anything is known, and while our own clock can be right, our own clock is used", () => {
  const ours = makeClock(0);
  assert.equal(ours.error(), 0);
  ours.answer();
  ours.event();
  assert.equal(ours.error(), 0);
});

test("a clock that is wrong by an hour is put right by one answer, to the second", () => {
  for (const wrong of [HOUR, -HOUR, 7 * 24 * HOUR]) {
    const ours = makeClock(wrong);
    ours.answer();
    assert.ok(Math.abs(ours.error()) <= 1_100, String(ours.error()));
    ours.pass(HOUR);
    assert.ok(Math.abs(ours.error()) <= 1_100);
  }
});

test("a clock that is slow is put right by the events one hears", () => {
  const ours = makeClock(-HOUR);
  ours.event(20);
  assert.ok(Math.abs(ours.error()) <= 20);
});

test("events that are told again after a lost link put nothing back", () => {
  const ours = makeClock(HOUR);
  ours.answer();
  const before = ours.error();
  ours.clock.heardEvent(new Date(TRUE_NOON - 10 * HOUR).toISOString());
  assert.equal(ours.error(), before);
});

test("several answers together are finer than one", () => {
  const ours = makeClock(HOUR);
  for (let i = 0; i < 10; i += 1) {
    ours.answer();
    ours.pass(350);
  }
  assert.ok(Math.abs(ours.error()) <= 700, String(ours.error()));
});

test("when our own clock is set, what was known of it before counts no more", () => {
  const ours = makeClock(HOUR);
  ours.answer();
  ours.set(0);
  ours.answer();
  assert.ok(Math.abs(ours.error()) <= 1_100);
});

test("an answer that says no time, or nonsense, changes nothing", () => {
  const ours = makeClock(HOUR);
  ours.clock.heardAnswer(null, 0);
  ours.clock.heardAnswer("soon", 0);
  ours.clock.heardEvent("later");
  assert.equal(ours.error(), HOUR);
});

test("the time is asked for only if it was not told lately", async () => {
  let asked = 0;
  const fetcher = (async () => {
    asked += 1;
    return new Response("", { headers: { Date: new Date(TRUE_NOON).toUTCString() } });
  }) as typeof fetch;
  const clock = createServerClock();
  await askTime(clock, fetcher);
  await askTime(clock, fetcher);
  assert.equal(asked, 1);
  await askTime(createServerClock(), (() => Promise.reject(new TypeError("offline"))) as typeof fetch);
});
