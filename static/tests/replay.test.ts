import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import type { Frame } from "../src/contract/events";
import type { RoomState } from "../src/contract/types";
import { chaptersOf, momentsOf, neighbour } from "../src/replay/chapters";
import { actOf } from "../src/replay/keys";
import { Player } from "../src/replay/player";
import { peaksOf, presencesOf, totalOf } from "../src/replay/presence";
import { beginningOf } from "../src/replay/read_log";
import { Replay } from "../src/replay/replay";
import { recordedSpans, wholeSpan } from "../src/replay/spans";
import { Tape } from "../src/replay/tape";
import { pieceAt, placeOf, timeAt, trackOf } from "../src/replay/track";
import { ANA, AT, BEN, SESSION, frame, makeMessage, makePerson, makeRoom } from "./room_fixture";

interface Case {
  name: string;
  states: { seq: number; state: RoomState }[];
  events: Frame[];
}

const CASES = path.resolve("..", "tests", "cases");
const cases = readdirSync(CASES).map((file) => JSON.parse(readFileSync(path.join(CASES, file), "utf8")) as Case);
const BEGAN = Date.parse(AT);
const after = (seconds: number): string => new Date(BEGAN + seconds * 1000).toISOString();

/** The same numbers every time, as if by chance. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

function firstOf({ states }: Case): { seq: number; state: RoomState } {
  const [first] = states;
  assert.ok(first);
  return first;
}

test("wherever one winds a tape, it shows what playing to there shows, and what the server had", () => {
  const roll = dice(20_261_128);
  for (const each of cases) {
    const first = firstOf(each);
    for (const options of [{ every: 1 }, { every: 3, most: 4 }, { every: 5 }, { every: 1_000 }]) {
      const tape = new Tape(first.state, options);
      const cut = roll(each.events.length);
      tape.append(each.events.slice(0, cut));
      tape.append(each.events.slice(cut));
      const told = new Map(each.states.map(({ seq, state }) => [seq - first.seq, state]));
      for (let i = 0; i < 60; i += 1) {
        const count = roll(tape.length + 1);
        const played = new Tape(first.state);
        played.append(each.events.slice(0, count));
        assert.deepEqual(tape.stateAfter(count), played.stateAfter(count), `${each.name} at ${count}`);
      }
      for (const [count, state] of told) assert.deepEqual(tape.stateAfter(count), state, `${each.name} at ${count}`);
    }
  }
});

test("a replay that is dragged about at random ends as the session did", () => {
  const roll = dice(7);
  for (const each of cases) {
    const first = firstOf(each);
    const replay = new Replay({ sessionId: SESSION, start: first.state });
    replay.append(each.events, true);
    const { player } = replay;
    player.setSpeed(8);
    for (let i = 0; i < 100; i += 1) {
      if (roll(3) === 0) player.seek(roll(Math.ceil(player.track.value.length) + 1));
      if (roll(3) === 0) player.toggle();
      player.pass(roll(500));
      const seen = replay.state.value;
      const count = each.events.filter(({ at }) => Date.parse(at) <= player.time.value).length;
      const tape = new Tape(first.state);
      tape.append(each.events.slice(0, count));
      assert.deepEqual(seen, tape.stateAfter(count), `${each.name} after ${i} acts`);
      const recent = replay.chat.log.value.messages.slice(-(seen?.messages.length ?? 0) || Infinity);
      assert.deepEqual(recent, seen?.messages, `${each.name} after ${i} acts`);
    }
    player.seek(player.track.value.length);
    const end = each.states.at(-1)?.state;
    const isWhole = each.events.every(({ at }) => Date.parse(at) <= player.time.value);
    if (isWhole) assert.deepEqual(replay.state.value, end, each.name);
    replay.close();
  }
});

test("the log alone tells how it began", () => {
  const room = makeRoom({ participants: { [ANA]: makePerson(ANA) }, present: 1 });
  const over = { ...room, session: { ...room.session, status: "ended", ended_at: "2026-01-01T11:00:00Z" } as const };
  const start = beginningOf(over);
  assert.deepEqual([start.present, start.participants], [0, {}]);
  assert.deepEqual([start.session.status, start.session.ended_at], ["scheduled", null]);
  const session = { ...room.session, status: "draft", title: "At first" } as const;
  const tape = new Tape(start);
  tape.append([frame(1, "session:created", { session })]);
  assert.equal(tape.stateAfter(1).session.title, "At first");
});

test("a long tape keeps no more states than it may, however it is wound", () => {
  const events = Array.from({ length: 20_000 }, (_, i) =>
    frame(i + 1, "chat:sent", { message: makeMessage(i + 1) }, after(i)),
  );
  const tape = new Tape(makeRoom());
  tape.append(events);
  const roll = dice(3);
  for (let turn = 0; turn < 50; turn += 1) {
    tape.stateAfter(roll(20_000));
    assert.ok(tape.kept <= 256);
  }
});

test("clocks that differ do not turn time back", () => {
  const tape = new Tape(makeRoom());
  tape.append([
    frame(1, "session:locked", {}, after(5)),
    frame(2, "session:unlocked", {}, after(4)),
    frame(3, "session:locked", {}, after(6)),
  ]);
  assert.deepEqual(
    tape.times,
    [5, 5, 6].map((s) => BEGAN + s * 1000),
  );
  assert.deepEqual(
    [4, 5, 6].map((s) => tape.countAt(BEGAN + s * 1000)),
    [0, 2, 3],
  );
});

test("silences are shortened, and every moment that is shown has one place", () => {
  const times = [0, 1_000, 61_000, 62_000];
  const track = trackOf([{ from: 0, to: 63_000 }], times);
  assert.deepEqual(
    track.pieces.map(({ from, to, length }) => [from, to, length]),
    [
      [0, 3_000, 3_000],
      [3_000, 60_000, 1_000],
      [60_000, 63_000, 3_000],
    ],
  );
  assert.equal(track.length, 7_000);
  for (const time of [0, 500, 3_000, 30_000, 60_000, 63_000]) {
    assert.ok(Math.abs(timeAt(track, placeOf(track, time)) - time) < 1e-6, String(time));
  }
  assert.equal(pieceAt(track, 3_500)?.isSilence, true);
  assert.equal(trackOf([{ from: 0, to: 63_000 }], null).length, 63_000);
});

test("what lies between two spans takes no time", () => {
  const track = trackOf(
    [
      { from: 0, to: 1_000 },
      { from: 9_000, to: 10_000 },
    ],
    null,
  );
  assert.equal(track.length, 2_000);
  assert.equal(timeAt(track, 1_500), 9_500);
  assert.equal(placeOf(track, 5_000), 1_000);
});

const recording = {
  id: "r1",
  title: "First",
  state: "recording",
  started_by: ANA,
  started_at: AT,
  running_since: AT,
  stopped_at: null,
  recorded_s: 0,
  first_seq: 1,
  last_seq: null,
} as const;

test("a recording is watched from its start to its stop, without its pauses", () => {
  const frames = [
    frame(1, "participant:joined", { participant: makePerson(ANA) }, after(0)),
    frame(2, "recording:started", { recording }, after(10)),
    frame(3, "recording:paused", { recording_id: "r1", recorded_s: 10 }, after(20)),
    frame(4, "recording:resumed", { recording_id: "r1" }, after(50)),
    frame(5, "recording:stopped", { recording_id: "r1", recorded_s: 15 }, after(55)),
    frame(6, "session:ended", { paused_s: 0 }, after(90)),
  ];
  const times = frames.map(({ at }) => Date.parse(at) - BEGAN);
  assert.deepEqual(recordedSpans(frames, times, "r1"), [
    { from: 10_000, to: 20_000 },
    { from: 50_000, to: 55_000 },
  ]);
  assert.deepEqual(recordedSpans(frames, times, "r2"), []);
  assert.deepEqual(wholeSpan(frames, times), [{ from: -1_000, to: 92_000 }]);
});

test("what is asked for before it is loaded is gone to when it comes", () => {
  const player = new Player();
  player.seekClock(30);
  player.feed({ spans: [{ from: 0, to: 10_000 }], times: [0, 5_000, 10_000], isLoading: true });
  assert.equal(player.clockS.value, 10);
  player.feed({ spans: [{ from: 0, to: 60_000 }], times: [0, 5_000, 10_000, 60_000], isLoading: false });
  assert.equal(Math.round(player.clockS.value), 30);
  player.seek(0);
  player.feed({ spans: [{ from: 0, to: 70_000 }], times: [0, 5_000, 10_000, 60_000], isLoading: false });
  assert.equal(player.place.value, 0);
});

test("who is sent to a second arrives at it, wherever the session lies in time", () => {
  const player = new Player();
  const from = Date.parse("2026-11-28T23:21:54.803Z");
  for (let length = 9_001; length < 9_100; length += 7) {
    player.feed({ spans: [{ from, to: from + length }], times: [from], isLoading: false });
    for (let second = 0; second <= 9; second += 1) {
      player.seekClock(second);
      assert.equal(player.clockS.value, second);
    }
  }
});

test("it stops at the end and begins again from there", () => {
  const player = new Player();
  player.feed({ spans: [{ from: 0, to: 4_000 }], times: [0, 4_000], isLoading: false });
  player.setSpeed(2);
  player.toggle();
  player.pass(1_000);
  assert.equal(player.clockS.value, 2);
  player.pass(5_000);
  assert.deepEqual([player.isPlaying.value, player.isAtEnd.value], [false, true]);
  player.toggle();
  assert.deepEqual([player.isPlaying.value, player.place.value], [true, 0]);
});

test("leaving silence out, or not, keeps the moment one is at", () => {
  const player = new Player();
  player.feed({ spans: [{ from: 0, to: 100_000 }], times: [0, 90_000], isLoading: false });
  player.seekTime(90_000);
  const before = player.time.value;
  player.setSkipping(false);
  assert.ok(Math.abs(player.time.value - before) < 1e-6);
  assert.equal(player.track.value.length, 100_000);
});

test("people who stream in, and a conversation, are one chapter each", () => {
  const frames = [
    frame(1, "participant:joined", { participant: makePerson(ANA) }, after(0)),
    frame(2, "participant:joined", { participant: makePerson(BEN) }, after(30)),
    frame(3, "chat:sent", { message: makeMessage(3) }, after(40)),
    frame(4, "chat:sent", { message: makeMessage(4) }, after(80)),
    frame(5, "chat:sent", { message: makeMessage(5) }, after(200)),
    frame(6, "participant:muted", { participant_id: BEN }, after(201)),
  ];
  const moments = momentsOf(
    frames,
    frames.map(({ at }) => Date.parse(at)),
  );
  assert.equal(moments.length, 5);
  assert.deepEqual(
    chaptersOf(moments).map(({ kind, count }) => [kind, count]),
    [
      ["people", 2],
      ["chat", 2],
      ["chat", 1],
    ],
  );
  assert.equal(neighbour(moments, BEGAN + 30_000, 1)?.frame.seq, 3);
  assert.equal(neighbour(moments, BEGAN + 30_000, -1)?.frame.seq, 1);
  assert.equal(neighbour(moments, BEGAN + 300_000, 1), undefined);
});

test("everybody's stays, however they ended", () => {
  const frames = [
    frame(1, "participant:joined", { participant: makePerson(ANA) }, after(0)),
    frame(2, "participant:joined", { participant: makePerson(BEN) }, after(10)),
    frame(3, "participant:left", { participant_id: BEN, reason: "left" }, after(20)),
    frame(4, "participant:joined", { participant: makePerson(BEN) }, after(30)),
    frame(5, "session:ended", { paused_s: 0 }, after(60)),
  ];
  const times = frames.map(({ at }) => Date.parse(at) - BEGAN);
  const [ana, ben] = presencesOf(frames, times, 99_000);
  assert.ok(ana && ben);
  assert.deepEqual([totalOf(ana), totalOf(ben)], [60_000, 40_000]);
  assert.deepEqual(
    ben.stays.map(({ from, to }) => [from, to]),
    [
      [10_000, 20_000],
      [30_000, 60_000],
    ],
  );
  assert.deepEqual(peaksOf([ana, ben], { from: 0, to: 60_000 }, 6), [1, 2, 2, 2, 2, 2]);
});

test("the keys that players have", () => {
  assert.deepEqual(actOf({ key: " " }), { do: "toggle" });
  assert.deepEqual(actOf({ key: "k" }), { do: "toggle" });
  assert.deepEqual(actOf({ key: "ArrowLeft" }), { do: "step", byS: -5 });
  assert.deepEqual(actOf({ key: "l" }), { do: "step", byS: 10 });
  assert.deepEqual(actOf({ key: "7" }), { do: "share", of: 0.7 });
  assert.deepEqual(actOf({ key: ">", shiftKey: true }), { do: "faster" });
  assert.equal(actOf({ key: "l", ctrlKey: true }), null);
  assert.equal(actOf({ key: "x" }), null);
});
