import assert from "node:assert/strict";
import { test } from "node:test";

import { createCountdown, type Timers } from "../src/design/countdown";
import { withKept } from "../src/design/use_virtual";
import { chatRange } from "../src/room/chat_range";

function standIn() {
  let time = 0;
  let due: { at: number; run: () => void } | null = null;
  const timers: Timers = {
    now: () => time,
    set: (run, ms) => {
      due = { at: time + ms, run };
      return 0 as unknown as ReturnType<typeof setTimeout>;
    },
    clear: () => (due = null),
  };
  const pass = (ms: number): void => {
    time += ms;
    if (due && due.at <= time) {
      const { run } = due;
      due = null;
      run();
    }
  };
  return { timers, pass };
}

test("a toast goes when its time is over, and not while somebody looks at it", () => {
  const { timers, pass } = standIn();
  let gone = 0;
  const countdown = createCountdown(6_000, () => (gone += 1), timers);
  pass(4_000);
  countdown.hold();
  pass(60_000);
  assert.equal(gone, 0);
  countdown.goOn();
  pass(1_999);
  assert.equal(gone, 0);
  pass(1);
  assert.equal(gone, 1);
});

test("whoever looks at the last moment has time to look away; what is stopped never goes", () => {
  const { timers, pass } = standIn();
  let gone = 0;
  const countdown = createCountdown(6_000, () => (gone += 1), timers);
  pass(5_990);
  countdown.hold();
  countdown.goOn();
  pass(1_000);
  assert.equal(gone, 0);
  countdown.stop();
  pass(60_000);
  assert.equal(gone, 0);
});

test("a long list draws what is seen and a little beyond, and the row that has the focus", () => {
  const range = { startIndex: 100, endIndex: 104, overscan: 2, count: 1_000 };
  assert.deepEqual(withKept(range, -1), [98, 99, 100, 101, 102, 103, 104, 105, 106]);
  assert.deepEqual(withKept(range, 3).slice(0, 3), [3, 98, 99]);
  assert.equal(withKept(range, 900).at(-1), 900);
  assert.equal(withKept(range, 101).length, 9);
  assert.equal(withKept(range, 1_000).length, 9);
});

test("who follows a chat has its end in the page, as much of it as fits, and the row that has the focus", () => {
  const seen = { startIndex: 90, endIndex: 93, overscan: 8, count: 100 };
  const looking = { held: -1, isFollowing: true, filling: 3.2 };
  assert.deepEqual(chatRange(seen, looking), [94, 95, 96, 97, 98, 99]);
  assert.deepEqual(chatRange(seen, { ...looking, filling: 7.1 }), [90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
  assert.deepEqual(chatRange(seen, { ...looking, held: 4 }), [4, 94, 95, 96, 97, 98, 99]);
  assert.deepEqual(chatRange({ ...seen, count: 3, startIndex: 0, endIndex: 2 }, looking), [0, 1, 2]);
  assert.deepEqual(chatRange({ ...seen, overscan: 1 }, { ...looking, isFollowing: false }), [89, 90, 91, 92, 93, 94]);
});

test("at the ends of a list nothing is drawn that is not there", () => {
  assert.deepEqual(withKept({ startIndex: 0, endIndex: 1, overscan: 6, count: 3 }, -1), [0, 1, 2]);
});
