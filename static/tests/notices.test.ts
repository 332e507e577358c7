import assert from "node:assert/strict";
import { test } from "node:test";

import type { NotificationSettings } from "../src/contract/types";
import { titleWith } from "../src/notices/attention";
import { createCall, DEFAULT_SETTINGS } from "../src/notices/notices";
import { newsOf } from "../src/room/news";
import { unreadText } from "../src/room/unread";
import { ANA, BEN, frame, makeMessage, makePerson, makeRoom, said } from "./room_fixture";

const room = makeRoom();
const news = (frames: Parameters<typeof newsOf>[0], wanted: Partial<NotificationSettings> = {}) =>
  newsOf(frames, room, room, BEN, { ...DEFAULT_SETTINGS, ...wanted });
const forBen = frame(9, "chat:sent", {
  message: makeMessage(9, { text: "@Ben, now", mentions: [{ participant_id: BEN, display_name: "Ben" }] }),
});

test("a few messages are read out, many are counted, and being mentioned is always said", () => {
  assert.deepEqual(news([said(1), said(2)]).readOut, ["Ana: line 1", "Ana: line 2"]);
  const many = news([said(1), said(2), said(3), said(4), forBen]);
  assert.deepEqual(many.readOut, ["Ana mentioned you: @Ben, now", "4 new messages"]);
  assert.deepEqual(many.calls, ["Ana mentioned you: @Ben, now"]);
});

test("one is told no more than one wants", () => {
  assert.deepEqual(news([said(1), forBen], { messages: "mentions" }).readOut, ["Ana mentioned you: @Ben, now"]);
  assert.deepEqual(news([said(1), forBen], { messages: "none" }).readOut, []);
  const joined = frame(1, "participant:joined", { participant: makePerson(ANA) });
  assert.deepEqual(news([joined]).spoken, ["Ana joined"]);
  assert.deepEqual(news([joined], { joins: false }).spoken, []);
});

test("nobody is called who looks, and nobody by more than they allowed", () => {
  const calls: string[] = [];
  const call = (isHidden: boolean, settings: Partial<NotificationSettings>): string[] => {
    calls.length = 0;
    createCall({
      isHidden: () => isHidden,
      settings: () => ({ ...DEFAULT_SETTINGS, ...settings }),
      show: (title, text) => calls.push(`${title}: ${text}`),
      chime: () => calls.push("chime"),
    })("Standup", ["Ana waits", "Eva waits"]);
    return [...calls];
  };
  assert.deepEqual(call(false, { browser: true, sounds: true }), []);
  assert.deepEqual(call(true, {}), []);
  assert.deepEqual(call(true, { browser: true, sounds: true }), ["Standup: Ana waits\nEva waits", "chime"]);
});

test("the title counts while nobody looks, and says first what is for oneself", () => {
  assert.equal(titleWith(unreadText(120, 0), "Standup"), "(99+) Standup");
  assert.equal(titleWith(unreadText(3, 2), "Standup"), "(@2) Standup");
  assert.equal(titleWith("", "Standup"), "Standup");
});
