import assert from "node:assert/strict";
import { test } from "node:test";

import { EMPTY_LOG, withFrame, withFrames, withinLimit, withOlder, withRecent } from "../src/room/chat_log";
import {
  nextToSend,
  outstanding,
  withChange,
  withHeard,
  withoutCommand,
  withWaiting,
  type Outgoing,
} from "../src/room/outbox";
import { AT, frame, makeMessage, said } from "./room_fixture";

const NO = { statusCode: 403, errorCode: "FORBIDDEN", message: "no" };
const page = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => makeMessage(from + i));
const seqs = (log: { messages: readonly { seq: number }[] }): number[] => log.messages.map((each) => each.seq);

test("a short first state is the whole chat, a full one is not", () => {
  assert.equal(withRecent(EMPTY_LOG, page(1, 3), 50).isComplete, true);
  assert.equal(withRecent(EMPTY_LOG, page(1, 50), 50).isComplete, false);
});

test("older pages go before, in order, without doubles, and a short page is the last", () => {
  const log = withRecent(EMPTY_LOG, page(11, 14), 4);
  const more = withOlder(log, [...page(7, 11)].reverse(), 5);
  assert.deepEqual([seqs(more), more.isComplete], [[7, 8, 9, 10, 11, 12, 13, 14], false]);
  const all = withOlder(more, page(5, 6), 5);
  assert.deepEqual([seqs(all).length, all.isComplete], [10, true]);
});

test("what the state slides past stays in the log", () => {
  let log = withRecent(EMPTY_LOG, page(1, 4), 4);
  for (let seq = 5; seq <= 8; seq += 1) log = withFrame(log, said(seq));
  assert.deepEqual(seqs(log), [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(seqs(withRecent(log, page(5, 8), 4)), [1, 2, 3, 4, 5, 6, 7, 8]);
});

test("after a state that does not join on, the older ones are asked for again", () => {
  const log = withRecent(withRecent(EMPTY_LOG, page(1, 3), 50), page(90, 93), 4);
  assert.deepEqual([seqs(log), log.isComplete], [[90, 91, 92, 93], false]);
});

test("edits and deletions reach messages that the state no longer has", () => {
  const log = withRecent(EMPTY_LOG, page(1, 3), 50);
  const edited = withFrame(log, frame(9, "chat:edited", { message_id: "message-1", text: "better", mentions: [] }));
  assert.deepEqual([edited.messages[0]?.text, edited.messages[0]?.edited_at], ["better", AT]);
  const deleted = withFrame(edited, frame(10, "chat:deleted", { message_id: "message-1" }));
  assert.deepEqual([deleted.messages[0]?.text, deleted.messages[0]?.deleted_at], ["", AT]);
});

const draft = (id: string, change: Partial<Outgoing> = {}): Outgoing => ({
  command_id: id,
  text: "hello",
  reply_to: null,
  mentions: [],
  written_at: AT,
  state: "sending",
  ...change,
});

test("what has been sent goes when its message is on the screen, not before", () => {
  const acked = withChange([draft("a"), draft("b")], "a", { message_id: "message-5" });
  assert.equal(outstanding(acked, page(1, 4)).length, 2);
  assert.deepEqual(
    outstanding(acked, page(1, 5)).map((each) => each.command_id),
    ["b"],
  );
});

test("a message that comes before the answer to its command takes the place of what was sent, each its own", () => {
  const [first, second] = [makeMessage(5, { text: "hello" }), makeMessage(6, { text: "hello" })];
  const sent = [draft("a"), draft("b"), draft("c", { text: "bye" })];
  const once = withHeard(sent, first);
  assert.deepEqual(
    outstanding(once, [first]).map((each) => each.command_id),
    ["b", "c"],
  );
  assert.equal(withHeard(once, first), once);
  assert.deepEqual(
    outstanding(withHeard(once, second), [first, second]).map((each) => each.command_id),
    ["c"],
  );
  const refused = [draft("a", { state: "failed", refused: NO })];
  assert.equal(withHeard(refused, first), refused);
});

test("what waits for the link is not taken for what another tab of mine said", () => {
  const waiting = [draft("a", { state: "waiting" })];
  assert.equal(withHeard(waiting, makeMessage(5, { text: "hello" })), waiting);
});

test("what is not sent is sent in order; what was refused stands in nobody's way", () => {
  const outbox = [draft("a", { message_id: "message-1" }), draft("b", { state: "failed", refused: NO }), draft("c")];
  assert.equal(nextToSend(outbox)?.command_id, "c");
  assert.deepEqual(
    withWaiting(outbox, "slowed").map((each) => each.state),
    ["sending", "failed", "slowed"],
  );
  assert.deepEqual(
    withoutCommand(outbox, "b").map((each) => each.command_id),
    ["a", "c"],
  );
});

test("a log is kept to its newest, and says that there is more", () => {
  const log = withinLimit(withRecent(EMPTY_LOG, page(1, 20), 50), 5);
  assert.deepEqual([seqs(log), log.isComplete], [[16, 17, 18, 19, 20], false]);
  const many = withFrames(log, [said(21), frame(22, "chat:deleted", { message_id: "message-21" }), said(23)]);
  assert.deepEqual(
    many.messages.slice(-2).map((each) => each.text),
    ["", "line 23"],
  );
});
