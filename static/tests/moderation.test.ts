import assert from "node:assert/strict";
import { test } from "node:test";

import { NOBODY, withDoers } from "../src/room/doers";
import { withReaction, type Floating } from "../src/room/floating";
import { saidOf, undoOf, type Act } from "../src/room/moderation";
import { addedRights } from "../src/room/role_rights";
import { countsOf, type SessionStatistics } from "../src/room/statistics";
import { seenBy } from "../src/room/visibility";
import { ANA, BEN, frame, makePerson, makeRoom } from "./room_fixture";

test("every act says what it has done, and knows what takes it back", () => {
  const before = makePerson(BEN, { role: "presenter", language: "de" });
  const acts: [Act, object | null][] = [
    [{ verb: "mute" }, { verb: "unmute" }],
    [{ verb: "unmute" }, { verb: "mute" }],
    [
      { verb: "set_role", role: "co_host" },
      { verb: "set_role", role: "presenter" },
    ],
    [
      { verb: "set_visibility", is_hidden: true },
      { verb: "set_visibility", is_hidden: false },
    ],
    [
      { verb: "set_language", language: "en" },
      { verb: "set_language", language: "de" },
    ],
    [{ verb: "kick", reason: "Noise" }, { verb: "approve" }],
    [{ verb: "ban" }, { verb: "unban" }],
    [{ verb: "reject" }, { verb: "approve" }],
    // Only they themselves can raise their hand again, and who is in is in.
    [{ verb: "lower_hand" }, null],
    [{ verb: "approve" }, null],
  ];
  for (const [act, undo] of acts) {
    assert.deepEqual(undoOf(act, before), undo, act.verb);
    assert.match(saidOf(act, "Ben"), /Ben/, act.verb);
  }
});

test("who waits has no role that a change could be taken back to", () => {
  assert.equal(undoOf({ verb: "set_role", role: "presenter" }, { id: BEN, display_name: "Ben" }), null);
});

test("hidden people are seen by hosts and by themselves", () => {
  const people = { [ANA]: makePerson(ANA), [BEN]: makePerson(BEN, { is_hidden: true }) };
  assert.equal(seenBy(ANA, "hosts", people), people);
  assert.deepEqual(Object.keys(seenBy(ANA, "everyone", people)), [ANA]);
  assert.equal(seenBy(BEN, "everyone", people), people);
});

test("who muted somebody and who paused is known as long as it holds", () => {
  const by = (heard: ReturnType<typeof frame>) => ({ ...heard, actor: ANA });
  let doers = withDoers(NOBODY, [by(frame(1, "participant:muted", { participant_id: BEN }))]);
  assert.equal(doers.get(BEN), ANA);
  assert.equal(withDoers(doers, [frame(2, "session:locked", {})]), doers);
  doers = withDoers(doers, [
    by(frame(3, "session:paused", {})),
    frame(4, "participant:all_unmuted", { participant_ids: [BEN] }),
  ]);
  assert.deepEqual([...doers], [["pause", ANA]]);
  assert.equal(withDoers(doers, [frame(5, "session:resumed", { paused_s: 1 })]).size, 0);
});

test("a few reactions float each for themselves; under load the same ones join", () => {
  const floats = (count: number, stepMs: number): readonly Floating[] => {
    let list: readonly Floating[] = [];
    for (let i = 0; i < count; i += 1) {
      list = withReaction(list, { key: i, emoji: i % 2 ? "👍" : "👏", name: `Guest ${i}`, at: i * stepMs });
    }
    return list;
  };
  assert.deepEqual(
    floats(5, 1).map(({ count }) => count),
    [1, 1, 1, 1, 1],
  );
  const applause = floats(500, 1);
  assert.equal(applause.length <= 30, true);
  assert.equal(
    applause.reduce((sum, { count }) => sum + count, 0),
    500,
  );
  assert.equal(floats(100, 2_000).length, 30);
});

test("a role is told by what it has beyond the one below it", () => {
  const roles = addedRights([
    { role: "attendee", rank: 10, permissions: ["chat:send"] },
    { role: "host", rank: 50, permissions: ["chat:send", "session:end"] },
  ]);
  assert.deepEqual(roles, [
    { role: "host", below: "attendee", rights: ["session:end"] },
    { role: "attendee", below: null, rights: ["chat:send"] },
  ]);
});

const READ: SessionStatistics = {
  at: "2026-11-21T09:10:00Z",
  present: 1,
  guests: 1,
  muted: 0,
  hidden: 0,
  hands: 0,
  waiting: 3,
  people: 2,
  peak: 2,
  messages: 7,
  hands_raised: 4,
  polls: 0,
  running_s: 600,
  recorded_s: 0,
};

test("the numbers of the room are those of its state, and the others as they were read", () => {
  const people = {
    [ANA]: makePerson(ANA, { user_id: "u", is_muted: true }),
    [BEN]: makePerson(BEN, { is_hidden: true, hand_raised_at: "2026-11-21T09:02:00Z" }),
    c: makePerson("c", { is_muted: true }),
  };
  const counts = countsOf(READ, makeRoom({ participants: people, present: 3, audience: "hosts" }));
  assert.deepEqual(
    [
      counts.present,
      counts.peak,
      counts.people,
      counts.guests,
      counts.members,
      counts.muted,
      counts.hidden,
      counts.hands,
    ],
    [3, 3, 3, 2, 1, 2, 1, 1],
  );
  assert.deepEqual([counts.waiting, counts.messages, counts.hands_raised], [0, 7, 4]);
});

test("where not everybody is told, the numbers are as they were read", () => {
  const counts = countsOf(
    { ...READ, present: 300, guests: 200, muted: 150 },
    makeRoom({ roster: "summary", present: 301 }),
  );
  assert.deepEqual([counts.present, counts.guests, counts.members, counts.muted], [301, 200, 101, 150]);
});
