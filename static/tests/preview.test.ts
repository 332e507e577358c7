import assert from "node:assert/strict";
import { mock, test, type TestContext } from "node:test";

import type { PreviewSession, SessionPreview } from "../src/contract/types";
import { nextLook } from "../src/join/look_again";
import { changesByItself, isLost, opening, remarksOn } from "../src/join/restrictions";
import { watchPreview, type Preview } from "../src/join/watch";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const inSeconds = (s: number): string => new Date(NOW + s * 1000).toISOString();

const issue = (code: string, severity: "error" | "warning" = "error") => ({
  code,
  message: `server: ${code}`,
  field: null,
  severity,
});

function makePreview(changes: Partial<SessionPreview> = {}, session: Partial<PreviewSession> = {}): SessionPreview {
  return {
    is_valid: true,
    session: {
      id: "s",
      title: "Algebra",
      kind: "meeting",
      status: "active",
      code: "K7MPQ2",
      host_name: "Ada",
      start_time: null,
      end_time: null,
      opens_at: null,
      cancel_reason: null,
      original_language: "en",
      available_languages: [],
      requires_approval: false,
      allow_guests: true,
      is_recording: false,
      recording_consent: false,
      ...session,
    },
    errors: [],
    warnings: [],
    participant_count: 1,
    max_participants: 30,
    time_until_start: null,
    can_join: true,
    join_restrictions: [],
    ...changes,
  };
}

test("a preview is looked at often while it changes, and rarely while it does not", () => {
  const found = makePreview();
  assert.equal(nextLook(found, 0, NOW), 4_000);
  assert.ok(nextLook(found, 2, NOW) > nextLook(found, 1, NOW));
  assert.equal(nextLook(found, 50, NOW), 30_000);
  assert.equal(nextLook(null, 0, NOW), 4_000);
});

test("the moment when the doors open is not slept through", () => {
  const found = makePreview({}, { opens_at: inSeconds(10), start_time: inSeconds(1_000) });
  assert.equal(nextLook(found, 50, NOW), 10_400);
  assert.equal(nextLook(found, 50, NOW + 11_000), 30_000);
});

test("every restriction is said in words, what keeps one out first", () => {
  const codes = [
    "SESSION_OVER",
    "SESSION_NOT_OPEN",
    "SESSION_FULL",
    "SESSION_LOCKED",
    "GUESTS_NOT_ALLOWED",
    "PARTICIPANT_BANNED",
    "PARTICIPANT_REMOVED",
    "PARTICIPANT_DECLINED",
  ];
  const warnings = ["NOT_STARTED", "SESSION_PAUSED", "RECORDING", "APPROVAL_REQUIRED"];
  const remarks = remarksOn(
    makePreview({ errors: codes.map((code) => issue(code)), warnings: warnings.map((code) => issue(code, "warning")) }),
  );
  assert.deepEqual(
    remarks.map(({ code }) => code),
    [...codes, ...warnings],
  );
  for (const { text, code } of remarks) assert.ok(text && !text.startsWith("server:"), code);
});

test("a restriction that this client does not know is said as the server says it", () => {
  assert.equal(remarksOn(makePreview({ errors: [issue("NEW_RULE")] }))[0]?.text, "server: NEW_RULE");
});

test("why a session was cancelled is part of the sentence", () => {
  const preview = makePreview({ errors: [issue("SESSION_OVER")] }, { status: "cancelled", cancel_reason: "Flooded." });
  assert.match(remarksOn(preview)[0]?.text ?? "", /Flooded\./);
  assert.equal(isLost(preview), true);
});

test("what passes by itself is worth staying for, what does not is not", () => {
  const full = makePreview({ errors: [issue("SESSION_FULL")] });
  assert.deepEqual([changesByItself(full), isLost(full)], [true, false]);
  const both = makePreview({ errors: [issue("SESSION_FULL"), issue("PARTICIPANT_BANNED")] });
  assert.deepEqual([changesByItself(both), isLost(both)], [false, true]);
  const stranger = makePreview({ errors: [issue("GUESTS_NOT_ALLOWED")] });
  assert.deepEqual([changesByItself(stranger), isLost(stranger)], [false, false]);
  assert.equal(changesByItself(makePreview()), false);
});

test("only closed doors are counted down to", () => {
  const at = inSeconds(60);
  assert.equal(opening(makePreview({ errors: [issue("SESSION_NOT_OPEN")] }, { opens_at: at })), at);
  assert.equal(opening(makePreview({}, { opens_at: at })), null);
});

/** A page that watches, and a server one answers for by hand. */
function makeWatch(t: TestContext) {
  mock.timers.enable({ apis: ["setTimeout"] });
  t.after(() => mock.timers.reset());
  const asked: string[] = [];
  const told: Preview[] = [];
  let next: () => Promise<SessionPreview> = async () => makePreview();
  let isHidden = false;
  const watch = watchPreview({
    lookUp: async (code) => (asked.push(code), next()),
    tell: (preview) => told.push(preview),
    isHidden: () => isHidden,
    now: () => NOW,
  });
  return {
    watch,
    asked,
    last: () => told.at(-1),
    answer: (work: () => Promise<SessionPreview>) => (next = work),
    hide: (hidden: boolean) => (isHidden = hidden),
    tick: async (ms: number) => {
      mock.timers.tick(ms);
      for (let i = 0; i < 8; i += 1) await Promise.resolve();
    },
  };
}

test("a preview that stands on the screen is looked at again and again, more and more rarely", async (t) => {
  const page = makeWatch(t);
  page.watch.begin("K7MPQ2");
  assert.equal(page.last()?.isLooking, true);
  await page.tick(250);
  assert.equal(page.last()?.found?.session?.title, "Algebra");
  await page.tick(4_000);
  await page.tick(250);
  assert.equal(page.asked.length, 2);
  await page.tick(4_000);
  await page.tick(250);
  assert.equal(page.asked.length, 2);
  await page.tick(1_800);
  await page.tick(250);
  assert.equal(page.asked.length, 3);
});

test("nobody asks while nobody looks, and whoever comes back sees it anew", async (t) => {
  const page = makeWatch(t);
  page.watch.begin("K7MPQ2");
  await page.tick(250);
  page.hide(true);
  await page.tick(600_000);
  assert.equal(page.asked.length, 1);
  page.hide(false);
  page.watch.again();
  await page.tick(250);
  assert.equal(page.asked.length, 2);
});

test("what one has seen stays while it cannot be looked at again", async (t) => {
  const page = makeWatch(t);
  page.watch.begin("K7MPQ2");
  await page.tick(250);
  page.answer(() => Promise.reject(new Error("offline")));
  await page.tick(4_000);
  await page.tick(250);
  assert.equal(page.last()?.error?.message, "offline");
  assert.equal(page.last()?.found?.session?.title, "Algebra");
  page.answer(async () => makePreview({ participant_count: 2 }));
  await page.tick(6_000);
  await page.tick(250);
  assert.deepEqual([page.last()?.error, page.last()?.found?.participant_count], [null, 2]);
});

test("another code forgets the first, and leaving the page ends it", async (t) => {
  const page = makeWatch(t);
  page.watch.begin("AAAAAA");
  page.watch.begin("BBBBBB");
  await page.tick(250);
  assert.deepEqual(page.asked, ["BBBBBB"]);
  page.watch.stop();
  await page.tick(600_000);
  assert.equal(page.asked.length, 1);
});
