import assert from "node:assert/strict";
import { test } from "node:test";

import { queryString } from "../src/net/rest";
import { dayAfterKey, reachableDay } from "../src/sessions/calendar/day_keys";
import { boundsOf } from "../src/sessions/calendar/shown_zone";
import { NO_FILTERS, addressOf, filtersIn, requestOf, searchFrom } from "../src/sessions/search";
import { showTimesIn } from "../src/words/locale";

const from = (address: string) => searchFrom(new URLSearchParams(address));
const there = (address: string): string => queryString(addressOf(from(address))).slice(1);
const ME = "0195";

test("a search is in the address, and only what differs from the plain list", () => {
  assert.equal(there(""), "");
  const whole =
    "q=alg&kind=class&status=active&tag=maths&from=2026-11-01&to=2026-11-30&live=true&mine=true&deleted=true" +
    "&sort=title%3Aasc&page=3&view=week&at=2026-11-21";
  assert.equal(there(whole), whole);
  assert.equal(there("sort=created_at:desc&page=1&view=list&live=false"), "");
});

test("what makes no sense in an address is as if it were not there", () => {
  assert.equal(there("page=-2&kind=party&status=open&from=tomorrow&view=year&sort=size&at=2026-02-30"), "");
});

test("the server is asked in its own words", () => {
  const { sortBy, sortOrder, active, owner_id, page } = requestOf(
    from("live=true&mine=true&sort=title:asc&page=3"),
    ME,
    boundsOf,
  );
  assert.deepEqual([sortBy, sortOrder, active, owner_id, page], ["title", "asc", true, ME, 3]);
  assert.equal(requestOf(from(""), ME, boundsOf).owner_id, undefined);
});

test("days are whole days where one is", () => {
  showTimesIn("Europe/Berlin");
  const { from: first, to } = requestOf(from("from=2026-10-25&to=2026-10-25"), ME, boundsOf);
  assert.deepEqual([first, to], ["2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"]);
  showTimesIn(null);
});

test("what narrows the search can be named, and taken away", () => {
  const search = from("q=%20&kind=class&live=true&sort=title:asc&view=month");
  assert.deepEqual(filtersIn(search), ["kind", "live"]);
  assert.deepEqual(filtersIn({ ...search, ...NO_FILTERS }), []);
});

test("keys lead from day to day as in every calendar", () => {
  const goal = (key: string, isRightToLeft = false) => dayAfterKey(key, "2026-11-21", 1, isRightToLeft);
  assert.deepEqual(
    ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "a"].map((key) =>
      goal(key),
    ),
    [
      "2026-11-20",
      "2026-11-22",
      "2026-11-14",
      "2026-11-28",
      "2026-11-16",
      "2026-11-22",
      "2026-10-21",
      "2026-12-21",
      null,
    ],
  );
  assert.equal(goal("ArrowLeft", true), "2026-11-22");
});

test("one day can be reached by Tab: the one asked for, or else the first", () => {
  const days = ["2026-11-20", "2026-11-21"];
  assert.deepEqual([reachableDay(days, "2026-11-21"), reachableDay(days, "2027-01-01")], ["2026-11-21", "2026-11-20"]);
});
