import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import type { Frame } from "../src/contract/events";
import type { MessageView, RoomState } from "../src/contract/types";
import { EVENT_TYPES, RECENT_MESSAGES, apply, applyToPerson } from "../src/room/apply";
import { nameOf } from "../src/words/person_name";
import { ANA, AT, BEN, frame, makeMention, makeMessage, makePerson, makeRoom, said } from "./room_fixture";

const LATER = "2026-11-21T09:05:00Z";

test("a joiner is added, a leaver removed, and the state before stays as it was", () => {
  const before = makeRoom();
  const joined = apply(before, frame(1, "participant:joined", { participant: makePerson(ANA) }));
  assert.deepEqual(Object.keys(joined.participants), [ANA]);
  assert.deepEqual(before.participants, {});
  const left = apply(joined, frame(2, "participant:left", { participant_id: ANA, reason: "left" }));
  assert.deepEqual(left.participants, {});
});

test("what concerns somebody who is not in the room changes nothing", () => {
  const room = makeRoom();
  assert.equal(apply(room, frame(1, "participant:muted", { participant_id: BEN })), room);
});

test("a hand carries the time of its event", () => {
  const room = makeRoom({ participants: { [ANA]: makePerson(ANA) } });
  const raised = apply(room, frame(1, "participant:hand_raised", { participant_id: ANA }, LATER));
  assert.equal(raised.participants[ANA]?.hand_raised_at, LATER);
  const lowered = apply(raised, frame(2, "participant:hand_lowered", { participant_id: ANA }));
  assert.equal(lowered.participants[ANA]?.hand_raised_at, null);
});

test("muting all mutes just those who are named", () => {
  const room = makeRoom({ participants: { [ANA]: makePerson(ANA), [BEN]: makePerson(BEN) } });
  const muted = apply(room, frame(1, "participant:all_muted", { participant_ids: [BEN] }));
  assert.equal(muted.participants[ANA]?.is_muted, false);
  assert.equal(muted.participants[BEN]?.is_muted, true);
});

test("a large room keeps its stage and its count", () => {
  const people = { [ANA]: makePerson(ANA, { role: "host" }), [BEN]: makePerson(BEN) };
  const change = { roster: "summary", present: 2, participants: null } as const;
  const summary = apply(makeRoom({ participants: people }), frame(1, "session:roster_changed", change));
  assert.deepEqual(Object.keys(summary.participants), [ANA]);
  const raised = apply(summary, frame(2, "participant:hand_raised", { participant_id: BEN, participant: people[BEN] }));
  assert.deepEqual(Object.keys(raised.participants), [ANA, BEN]);
  const left = apply(raised, frame(3, "participant:left", { participant_id: BEN, reason: "left", present: 1 }));
  assert.deepEqual([Object.keys(left.participants), left.present], [[ANA], 1]);
});

test("I know what happens to me, though a large room does not tell me among its people", () => {
  const room = makeRoom({ roster: "summary", present: 300 });
  const me = makePerson(BEN);
  const muted = applyToPerson(room, me, frame(1, "participant:all_muted", { participant_ids: [BEN] }));
  assert.equal(muted.is_muted, true);
  const gone = applyToPerson(room, muted, frame(2, "participant:left", { participant_id: BEN, reason: "lost" }));
  assert.equal(gone.is_present, false);
  assert.equal(applyToPerson(room, me, said(3)), me);
});

test("only the recent messages are part of the state", () => {
  let room = makeRoom();
  for (let seq = 1; seq <= RECENT_MESSAGES + 5; seq += 1) room = apply(room, said(seq));
  assert.equal(room.messages.length, RECENT_MESSAGES);
  assert.equal(room.messages[0]?.seq, 6);
});

test("a deleted message keeps its place but not its text", () => {
  const room = makeRoom({ messages: [makeMessage(1), makeMessage(2)] });
  const after = apply(room, frame(3, "chat:deleted", { message_id: "message-1" }, LATER));
  assert.deepEqual(after.messages[0], makeMessage(1, { text: "", deleted_at: LATER }));
});

test("who is erased is marked where they wrote and where they are meant, and nobody else", () => {
  const said = makeMessage(1, { text: "@Ana, and @Ben", mentions: [makeMention(ANA, "Ana"), makeMention(BEN, "Ben")] });
  const room = makeRoom({ messages: [said, makeMessage(2, { participant_id: BEN, display_name: "Ben" })] });
  const after = apply(
    room,
    frame(3, "participant:erased", { participant_id: ANA, display_name: "Former participant" }),
  );
  assert.deepEqual(after.messages.map(nameOf), ["Former participant", "Ben"]);
  assert.deepEqual(after.messages[0]?.mentions.map(nameOf), ["Former participant", "Ben"]);
  assert.deepEqual(
    after.messages.map((each) => each.is_erased),
    [true, false],
  );
});

test("what was logged before people could be erased is read as it stands", () => {
  const { is_erased: _, ...old } = makeMessage(2);
  const after = apply(makeRoom(), frame(2, "chat:sent", { message: old as MessageView }));
  assert.deepEqual(after.messages.map(nameOf), ["Ana"]);
});

test("an ended session has nobody in it, and nobody waiting", () => {
  const waiting = {
    id: BEN,
    user_id: null,
    display_name: "Ben",
    language: "en",
    knocked_at: AT,
    avatar_url: null,
    is_erased: false,
  };
  const room = makeRoom({ participants: { [ANA]: makePerson(ANA) }, waiting: { [BEN]: waiting } });
  const ended = apply(room, frame(1, "session:ended", { paused_s: 7 }, LATER));
  assert.deepEqual([ended.participants, ended.waiting], [{}, {}]);
  assert.deepEqual([ended.session.status, ended.session.ended_at, ended.session.paused_s], ["ended", LATER, 7]);
});

test("what is hidden from us, and what we do not know, change nothing", () => {
  const room = makeRoom();
  assert.equal(apply(room, frame(1, "event:hidden", {})), room);
  assert.equal(apply(room, { ...frame(2, "event:hidden", {}), type: "poll:opened" } as unknown as Frame), room);
});

interface Case {
  name: string;
  states: { seq: number; state: RoomState }[];
  events: Frame[];
}

function casesOf(folder: string): Case[] {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
    return files.map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")) as Case);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

for (const { name, states, events } of casesOf("../tests/cases")) {
  test(`the server's own fold agrees: ${name}`, () => {
    const [first, ...later] = states;
    assert.ok(first, "a case needs a first state");
    let { seq, state } = first;
    for (const expected of later) {
      for (const event of events.filter((each) => each.seq > seq && each.seq <= expected.seq)) {
        state = apply(state, event);
      }
      seq = expected.seq;
      assert.deepEqual(state, expected.state, `at seq ${seq}`);
    }
    for (const event of events) assert.ok(EVENT_TYPES.includes(event.type), `${event.type} is not known here`);
  });
}
