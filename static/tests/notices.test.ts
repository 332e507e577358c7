import assert from "node:assert/strict";
import { test } from "node:test";

import type { NotificationSettings } from "../src/contract/types";
import { titleWith } from "../src/notices/attention";
import { createCall, DEFAULT_SETTINGS, QUIET_MS } from "../src/notices/notices";
import { newsOf } from "../src/room/news";
import { unreadText } from "../src/room/unread";
import { ANA, BEN, frame, makeMention, makeMessage, makePerson, makeRoom, said } from "./room_fixture";

const room = makeRoom();
const news = (frames: Parameters<typeof newsOf>[0], wanted: Partial<NotificationSettings> = {}) =>
  newsOf(frames, room, room, BEN, { ...DEFAULT_SETTINGS, ...wanted });
const forBen = frame(9, "chat:sent", {
  message: makeMessage(9, { text: "@Ben, now", mentions: [makeMention(BEN, "Ben")] }),
});

test("a few messages are read out, many are counted, and being mentioned is always said", () => {
  assert.deepEqual(news([said(1), said(2)]).readOut, ["Ana: line 1", "Ana: line 2"]);
  const many = news([said(1), said(2), said(3), said(4), forBen]);
  assert.deepEqual(many.readOut, ["Ana mentioned you: @Ben, now", "4 new messages"]);
  assert.deepEqual(many.written, ["Ana mentioned you: @Ben, now", "4 new messages"]);
});

test("one is told no more than one wants", () => {
  assert.deepEqual(news([said(1), forBen], { messages: "mentions" }).readOut, ["Ana mentioned you: @Ben, now"]);
  assert.deepEqual(news([said(1), forBen], { messages: "none" }).readOut, []);
  const joined = frame(1, "participant:joined", { participant: makePerson(ANA) });
  assert.deepEqual(news([joined]).spoken, ["Ana joined"]);
  assert.deepEqual(news([joined]).calls, ["Ana joined"]);
  assert.deepEqual(news([joined], { joins: false }).spoken, []);
  const hand = frame(2, "participant:hand_raised", { participant_id: ANA });
  assert.deepEqual(news([hand]).calls, ["Somebody raised a hand"]);
  assert.deepEqual(news([hand], { hands: false }).calls, []);
});

test("the browser tells who looks elsewhere, a sound tells everybody, each to who wants it", () => {
  const told = (isHidden: boolean, settings: Partial<NotificationSettings>): string[] => {
    const all: string[] = [];
    createCall({
      isHidden: () => isHidden,
      settings: () => ({ ...DEFAULT_SETTINGS, ...settings }),
      show: (title, text) => all.push(`${title}: ${text}`),
      chime: () => all.push("chime"),
      now: () => 0,
    })("Standup", ["Ana waits", "Eva waits"]);
    return all;
  };
  assert.deepEqual(told(false, { browser: true, sounds: true }), ["chime"]);
  assert.deepEqual(told(true, {}), []);
  assert.deepEqual(told(true, { browser: true, sounds: true }), ["Standup: Ana waits\nEva waits", "chime"]);
});

test("however much happens, there is silence between two sounds, and none for nothing", () => {
  let time = 0;
  let sounds = 0;
  const tell = createCall({
    isHidden: () => false,
    settings: () => ({ ...DEFAULT_SETTINGS, sounds: true }),
    show: () => undefined,
    chime: () => (sounds += 1),
    now: () => time,
  });
  tell("Standup", []);
  assert.equal(sounds, 0);
  for (time = 0; time < QUIET_MS; time += 100) tell("Standup", ["Ana joined"]);
  assert.equal(sounds, 1);
  tell("Standup", ["Ana joined"]);
  assert.equal(sounds, 2);
});

test("the title counts while nobody looks, and says first what is for oneself", () => {
  assert.equal(titleWith(unreadText(120, 0), "Standup"), "(99+) Standup");
  assert.equal(titleWith(unreadText(3, 2), "Standup"), "(@2) Standup");
  assert.equal(titleWith("", "Standup"), "Standup");
});
