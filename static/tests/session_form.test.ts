import assert from "node:assert/strict";
import { test } from "node:test";

import type { KindPreset } from "../src/contract/types";
import { createOf, emptyDraft, errorsFrom, errorsIn, localOf, updateOf, withPreset } from "../src/sessions/form_model";
import { addressOf, requestOf, searchFrom } from "../src/sessions/search";
import { summaryOf } from "../src/sessions/summary";
import { queryString } from "../src/net/rest";
import { makeRoom } from "./room_fixture";

const preset = (changes: Partial<KindPreset["settings"]> = {}, seats = 100): KindPreset => ({
  kind: "meeting",
  settings: { ...makeRoom().session.settings, ...changes },
  max_participants: seats,
});
const draft = () => ({ ...emptyDraft(preset(), "en"), title: "Algebra" });

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

test("local times are sent as instants, and an end comes from the length", () => {
  const body = createOf({ ...draft(), start: "2026-11-21T09:00", length: 45 }, "scheduled");
  assert.equal(Date.parse(body.end_time ?? "") - Date.parse(body.start_time ?? ""), 45 * 60_000);
  assert.equal(localOf(body.start_time ?? ""), "2026-11-21T09:00");
  assert.deepEqual([createOf(draft(), "draft").start_time, createOf(draft(), "draft").end_time], [null, null]);
  assert.equal(createOf({ ...draft(), start: "2026-11-21T09:00", length: 0 }, "draft").end_time, null);
});

test("lists are split at commas, without doubles, and the spoken language is one of them", () => {
  const body = updateOf({ ...draft(), languages: "de, en,  pt-BR ,de", tags: "a, b,,a" });
  assert.deepEqual(
    [body.available_languages, body.tags],
    [
      ["en", "de", "pt-BR"],
      ["a", "b"],
    ],
  );
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

test("a search is in the address, and only what differs from the plain list", () => {
  assert.equal(queryString(addressOf(searchFrom(new URLSearchParams()))), "");
  const search = searchFrom(new URLSearchParams("q=alg&live=true&page=3&sort=title:asc"));
  assert.equal(queryString(addressOf(search)), "?q=alg&live=true&sort=title%3Aasc&page=3");
  const { sortBy, sortOrder, active } = requestOf(search);
  assert.deepEqual([sortBy, sortOrder, active], ["title", "asc", true]);
  assert.equal(searchFrom(new URLSearchParams("page=-2")).page, 1);
});
