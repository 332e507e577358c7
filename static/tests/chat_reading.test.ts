import assert from "node:assert/strict";
import { test } from "node:test";

import type { MessageView } from "../src/contract/types";
import { Chat } from "../src/room/chat";
import { keepChat } from "../src/room/chat_keeping";
import { rowsOf } from "../src/room/chat_rows";
import { ConveneError, DISCONNECTED } from "../src/net/error";
import type { Ack } from "../src/net/socket";
import { ANA, BEN, frame, makeMention, makeMessage, makeRoom, said } from "./room_fixture";

interface Sent {
  id: string | undefined;
  text: string;
  mentions: string[];
}

/** Ben's chat over a link that answers as it is told. */
function open(answer: (sent: Sent) => MessageView | ConveneError, drawer = new Map<string, string>()) {
  const sent: Sent[] = [];
  const chat = new Chat({
    call: async <T>(_: string, payload: object = {}, id?: string) => {
      const one = { id, ...(payload as Omit<Sent, "id">) };
      sent.push(one);
      const result = answer(one);
      if (result instanceof ConveneError) throw result;
      return Promise.resolve({ data: result } as Ack<T>);
    },
    readOlder: () => Promise.resolve([]),
    me: () => BEN,
    keeping: keepChat("room", {
      getItem: (key) => drawer.get(key) ?? null,
      setItem: (key, value) => void drawer.set(key, value),
      removeItem: (key) => void drawer.delete(key),
    }),
  });
  return { chat, sent, drawer };
}

const settled = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const mine = (seq: number, text: string): MessageView => makeMessage(seq, { text, participant_id: BEN });
const meant = (seq: number): MessageView => makeMessage(seq, { text: "@Ben", mentions: [makeMention(BEN, "Ben")] });
const sentFrame = (message: MessageView) => frame(message.seq, "chat:sent", { message });
const offline = ConveneError.of(DISCONNECTED, () => "offline");

test("what was written while the link was lost is sent in order, each under its first id", async () => {
  let isUp = false;
  let seq = 0;
  const { chat, sent } = open(({ text }) => (isUp ? mine((seq += 1), text) : offline));
  chat.resume();
  for (const text of ["one", "two", "three"]) chat.send(text, null);
  await settled();
  assert.deepEqual(
    chat.mailbox.outbox.value.map((each) => each.state),
    ["waiting", "waiting", "waiting"],
  );
  const ids = chat.mailbox.outbox.value.map((each) => each.command_id);
  isUp = true;
  chat.resume();
  await settled();
  assert.deepEqual(
    sent.slice(-3).map((each) => [each.id, each.text]),
    ids.map((id, i) => [id, ["one", "two", "three"][i]]),
  );
});

test("what was not sent outlives a reload, with its id and the draft, but not another person", async () => {
  const before = open(() => offline);
  before.chat.resume();
  before.chat.send("kept", null);
  before.chat.draft.value = "half a thou";
  await settled();
  const id = before.chat.mailbox.outbox.value[0]?.command_id;
  before.chat.close();
  assert.equal(keepChat("room", storeOf(before.drawer)).read(ANA), null);

  const after = open(() => mine(7, "kept"), before.drawer);
  // The message got there the first time; only its answer was lost.
  after.chat.changed(makeRoom({ messages: [mine(7, "kept")] }), [], true);
  after.chat.resume();
  await settled();
  assert.deepEqual([after.sent[0]?.id, after.chat.draft.value], [id, "half a thou"]);
  assert.deepEqual(after.chat.mailbox.outbox.value, []);
  after.chat.draft.value = "";
  assert.equal(before.drawer.size, 0);
});

test("too many at once wait as long as they are told, and are not marked as failed", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const busy = new ConveneError({
    statusCode: 429,
    errorCode: "RATE_LIMITED",
    message: "Slow down.",
    details: { retry_after_s: 2 },
  });
  let isBusy = true;
  const { chat, sent } = open(({ text }) => (isBusy ? busy : mine(1, text)));
  chat.send("patience", null);
  await settled();
  assert.equal(chat.mailbox.outbox.value[0]?.state, "slowed");
  isBusy = false;
  t.mock.timers.tick(2_000);
  await settled();
  assert.deepEqual([sent.length, sent[0]?.id], [2, sent[1]?.id]);
});

test("who was mentioned and has been sent away does not keep the message from being said", async () => {
  const gone = new ConveneError({ statusCode: 404, errorCode: "PARTICIPANT_NOT_FOUND", message: "Gone." });
  const { chat, sent } = open(({ mentions, text }) => (mentions.length ? gone : mine(1, text)));
  chat.send("@Ana, hello", null, [makeMention(ANA, "Ana")]);
  await settled();
  assert.deepEqual(
    sent.map((each) => each.mentions),
    [[ANA], []],
  );
});

test("unread are those of others since one looked, counted apart if they are for me", () => {
  const { chat } = open(() => offline);
  chat.changed(makeRoom({ messages: [makeMessage(1)] }), [], true);
  assert.equal(chat.unread.value, 0);
  chat.changed(makeRoom({}), [said(2), sentFrame(meant(3)), sentFrame(mine(4, "me"))], false);
  assert.deepEqual([chat.unread.value, chat.unreadForMe.value, chat.newSince.value], [2, 1, 1]);
  chat.changed(makeRoom({}), [frame(5, "chat:deleted", { message_id: "message-3" })], false);
  assert.equal(chat.unreadForMe.value, 0);
  chat.follow(true);
  assert.deepEqual([chat.unread.value, chat.newSince.value], [0, 1]);
  chat.changed(makeRoom({}), [said(6)], false);
  assert.deepEqual([chat.unread.value, chat.newSince.value], [0, 1]);
  chat.lookAway();
  assert.equal(chat.newSince.value, null);
});

test("hours of chat keep no more than the newest in memory", () => {
  const { chat } = open(() => offline);
  chat.changed(makeRoom({ messages: [makeMessage(1)] }), [], true);
  for (let at = 0; at < 20; at += 1) {
    const frames = Array.from({ length: 100 }, (_, i) => said(2 + at * 100 + i));
    chat.changed(makeRoom({}), frames, false);
  }
  assert.deepEqual([chat.log.value.messages.length, chat.unread.value], [500, 2_000]);
});

test("days, the border of what is new, and one name over what somebody says at once", () => {
  const at = (seq: number, sent_at: string, participant_id = ANA): MessageView =>
    makeMessage(seq, { sent_at, participant_id });
  const messages = [
    at(1, "2026-11-20T23:58:00Z"),
    at(2, "2026-11-21T00:01:00Z"),
    at(3, "2026-11-21T00:02:00Z"),
    at(4, "2026-11-21T00:03:00Z"),
    at(5, "2026-11-21T00:04:00Z", BEN),
    at(6, "2026-11-21T00:10:00Z", BEN),
  ];
  const dayOf = (instant: string): number => Math.floor(Date.parse(instant) / 86_400_000);
  const rows = rowsOf({ messages, outbox: [], newSince: 3, dayOf });
  assert.deepEqual(
    rows.map((row) => (row.kind === "message" ? `${row.message.seq}${row.isContinued ? "+" : ""}` : row.kind)),
    ["day", "1", "day", "2", "3+", "new", "4", "5", "6"],
  );
});

function storeOf(drawer: Map<string, string>): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  return { getItem: (key) => drawer.get(key) ?? null, setItem: () => undefined, removeItem: () => undefined };
}
