import assert from "node:assert/strict";
import { test } from "node:test";

import type { KindPreset } from "../src/contract/types";
import type { SessionView } from "../src/contract/types";
import { changesInWords } from "../src/sessions/changes";
import {
  createOf,
  draftOf,
  emptyDraft,
  errorsFrom,
  errorsIn,
  hasPreset,
  minutesOf,
  updateOf,
  withPreset,
  type Draft,
} from "../src/sessions/form_model";
import { isLike, keptAt } from "../src/sessions/kept";
import { merge } from "../src/sessions/merge";
import { draftFor, duplicateOf, wishFrom } from "../src/sessions/new_draft";
import { summaryOf } from "../src/sessions/summary";
import { showTimesIn } from "../src/words/locale";
import { makeRoom } from "./room_fixture";

const preset = (changes: Partial<KindPreset["settings"]> = {}, seats = 100): KindPreset => ({
  kind: "meeting",
  settings: { ...makeRoom().session.settings, ...changes },
  max_participants: seats,
});
const draft = (): Draft => ({ ...emptyDraft(preset(), "en"), title: "Algebra" });
const planned = (changes: Partial<Draft> = {}): Draft => ({
  ...draft(),
  when: "planned",
  date: "2026-11-21",
  time: "09:00",
  ...changes,
});

/** The session that the server makes of a draft. */
function made(form: Draft): SessionView {
  const body = createOf(form, "scheduled");
  return { ...makeRoom().session, ...body, settings: body.settings } as unknown as SessionView;
}

test("another kind brings its own settings and seats, and leaves what was typed", () => {
  const changed = withPreset(draft(), { ...preset({ requires_approval: true }, 30), kind: "class" });
  assert.deepEqual(
    [changed.title, changed.kind, changed.seats, changed.switches.requires_approval],
    ["Algebra", "class", "30", true],
  );
});

test("what is wrong can be said before asking the server", () => {
  assert.deepEqual(Object.keys(errorsIn({ ...draft(), title: " A ", seats: "0" })), ["title", "seats"]);
  assert.deepEqual(errorsIn(draft()), {});
});

test("what is planned needs a day and a time", () => {
  assert.deepEqual(Object.keys(errorsIn({ ...draft(), when: "planned" })), ["date", "time"]);
  assert.deepEqual(["09:30", "9:30", "24:00", "", "09:30:15"].map(minutesOf), [570, null, null, null, 570]);
});

test("local times are sent as instants, and an end comes from the length", () => {
  showTimesIn("Europe/Berlin");
  const body = createOf(planned({ length: 45 }), "scheduled");
  assert.deepEqual([body.start_time, body.end_time], ["2026-11-21T08:00:00.000Z", "2026-11-21T08:45:00.000Z"]);
  assert.equal(createOf(planned({ length: 0 }), "draft").end_time, null);
  for (const when of ["now", "open"] as const) {
    assert.deepEqual(
      [createOf(planned({ when }), "draft").start_time, createOf(planned({ when }), "draft").end_time],
      [null, null],
    );
  }
  showTimesIn(null);
});

test("lists are split at commas, without doubles, and the spoken language is one of them", () => {
  const body = createOf({ ...draft(), languages: ["de", "en", "pt-BR"], tags: "a, b,,a" }, "draft");
  assert.deepEqual(
    [body.available_languages, body.tags],
    [
      ["en", "de", "pt-BR"],
      ["a", "b"],
    ],
  );
});

test("a session comes back into the form as it went out", () => {
  showTimesIn("America/New_York");
  const form = planned({ description: "Week 3", languages: ["de"], tags: "a, b", opens: 15, kind: "class" });
  assert.deepEqual(draftOf(made(form)), form);
  assert.deepEqual(updateOf(draftOf(made(form)), form), {});
  showTimesIn(null);
});

test("only what was changed is sent", () => {
  const before = draft();
  const after = { ...before, title: "Geometry", switches: { ...before.switches, allow_chat: false } };
  assert.deepEqual(updateOf(before, after), { title: "Geometry", settings: { allow_chat: false } });
});

test("an address can ask for a kind, a day and an hour", () => {
  const from = (address: string): Draft => draftFor(wishFrom(new URLSearchParams(address)), preset(), "en");
  assert.equal(wishFrom(new URLSearchParams("kind=lecture")).kind, "lecture");
  assert.equal(wishFrom(new URLSearchParams("kind=party")).kind, "meeting");
  assert.deepEqual([from("start=2026-11-21").date, from("start=2026-11-21").time], ["2026-11-21", "09:00"]);
  assert.deepEqual([from("start=2026-11-21T14:30").when, from("start=2026-11-21T14:30").time], ["planned", "14:30"]);
  assert.equal(from("start=2026-02-30").when, "now");
});

test("a duplicate is on the next such day of the week at the same hour", () => {
  const duplicate = (today: string): string => duplicateOf(made(planned()), today).date;
  assert.deepEqual(["2026-11-20", "2026-11-21", "2026-11-27", "2026-11-28", "2026-12-01"].map(duplicate), [
    "2026-11-21",
    "2026-11-28",
    "2026-11-28",
    "2026-12-05",
    "2026-12-05",
  ]);
  assert.equal(duplicateOf(made(draft()), "2026-11-20").when, "now");
});

test("a form knows whether it is as its kind begins", () => {
  assert.equal(hasPreset(draft(), preset()), true);
  assert.equal(hasPreset({ ...draft(), seats: "5" }, preset()), false);
});

test("what two people change goes together, unless it is the same", () => {
  const before = draft();
  const mine = { ...before, title: "Mine", seats: "5", switches: { ...before.switches, allow_polls: false } };
  const theirs = { ...before, title: "Theirs", tags: "x", switches: { ...before.switches, allow_chat: false } };
  const { draft: merged, clashes } = merge(before, mine, theirs);
  assert.deepEqual(clashes, ["title"]);
  assert.deepEqual([merged.title, merged.seats, merged.tags], ["Mine", "5", "x"]);
  assert.deepEqual([merged.switches.allow_polls, merged.switches.allow_chat], [false, false]);
  assert.deepEqual(merge(before, mine, { ...theirs, title: "Mine" }).clashes, []);
});

test("changes are said in words", () => {
  const before = planned();
  const after = planned({ title: "Geometry", seats: "30", switches: { ...before.switches, allow_chat: false } });
  assert.deepEqual(changesInWords(before, after), ["Title: Geometry", "Seats: 30", "Chat: off"]);
  assert.deepEqual(changesInWords(before, before), []);
});

test("what is kept is read again only if it has the form of today", () => {
  const stored = new Map<string, string>();
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  } as unknown as Storage;
  const isNote = (value: unknown): value is { text: string } => isLike({ text: "" }, value);
  const kept = keptAt("note", isNote, storage);
  assert.equal(kept.read(), null);
  kept.write({ text: "typed" });
  assert.deepEqual(kept.read(), { text: "typed" });
  for (const old of ['{"text":1}', "{}", "null", "not JSON"]) {
    stored.set("convene:kept:note", old);
    assert.equal(kept.read(), null);
  }
  kept.forget();
  assert.equal(stored.size, 0);
});

test("the server's complaints find their fields", () => {
  const errors = errorsFrom({
    end_time: "too early",
    "tags.3": "too long",
    "settings.opens_minutes_before": "no",
    other: "?",
  });
  assert.deepEqual(errors, { length: "too early", tags: "too long", opens: "no" });
});

test("the summary says in words what the settings mean", () => {
  assert.equal(
    summaryOf({ ...draft(), seats: "30", switches: { ...draft().switches, requires_approval: true } }),
    "People wait until you admit them; recording asks for consent; up to 30 people.",
  );
});
