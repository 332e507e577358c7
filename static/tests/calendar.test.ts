import assert from "node:assert/strict";
import { test } from "node:test";

import {
  addDays,
  addMonths,
  daysBetween,
  firstWeekdayOf,
  isDay,
  weekOf,
  weekdayOf,
  weeksOf,
} from "../src/sessions/calendar/days";
import { byDay, firstHour, partsOn, type Planned } from "../src/sessions/calendar/placing";
import { zoneOf } from "../src/sessions/calendar/zones";

const [MONDAY, SATURDAY, SUNDAY] = [1, 6, 7];
const berlin = zoneOf("Europe/Berlin");

const session = (id: string, start: string | null, end: string | null = null): Planned => ({
  id,
  title: id,
  kind: "meeting",
  status: "scheduled",
  start_time: start,
  end_time: end,
});

test("days go on over months, years and leap days", () => {
  assert.equal(addDays("2026-12-31", 1), "2027-01-01");
  assert.equal(addDays("2028-03-01", -1), "2028-02-29");
  assert.equal(daysBetween("2026-03-28", "2026-03-30"), 2);
  assert.equal(addMonths("2026-01-31", 1), "2026-02-28");
  assert.equal(addMonths("2026-01-15", -1), "2025-12-15");
  assert.deepEqual([weekdayOf("2026-11-21"), weekdayOf("2026-11-22")], [SATURDAY, SUNDAY]);
});

test("what is no day is not taken for one", () => {
  assert.deepEqual(["2026-11-21", "2026-02-30", "0000-01-01", "2026-1-1", "", "2026-11-21T09:00"].map(isDay), [
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test("weeks begin where people let them begin", () => {
  assert.deepEqual(["en-US", "de-DE", "ar-EG"].map(firstWeekdayOf), [SUNDAY, MONDAY, SATURDAY]);
  assert.equal(weekOf("2026-11-21", MONDAY)[0], "2026-11-16");
  assert.equal(weekOf("2026-11-21", SUNDAY)[0], "2026-11-15");
  assert.equal(weekOf("2026-11-22", SUNDAY)[0], "2026-11-22");
});

test("a month is shown in whole weeks, no more than it takes", () => {
  const november = weeksOf("2026-11-21", MONDAY);
  assert.deepEqual([november.length, november[0]?.[0], november.at(-1)?.[6]], [6, "2026-10-26", "2026-12-06"]);
  const february = weeksOf("2027-02-10", MONDAY);
  assert.deepEqual([february.length, february[0]?.[0], february.at(-1)?.[6]], [4, "2027-02-01", "2027-02-28"]);
});

test("clocks show the zone's time, in summer and in winter", () => {
  assert.deepEqual(berlin.wallOf(Date.parse("2026-07-01T22:30:00Z")), { day: "2026-07-02", minutes: 30 });
  assert.deepEqual(berlin.wallOf(Date.parse("2026-01-01T22:30:00Z")), { day: "2026-01-01", minutes: 23 * 60 + 30 });
  assert.deepEqual(zoneOf("Asia/Kolkata").wallOf(Date.parse("2026-01-01T00:00:00Z")), {
    day: "2026-01-01",
    minutes: 330,
  });
});

test("a time on the wall is an instant, and back", () => {
  for (const name of ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "America/St_Johns"]) {
    const zone = zoneOf(name);
    for (const day of ["2026-03-08", "2026-03-29", "2026-07-01", "2026-10-25", "2026-11-01", "2026-12-31"]) {
      for (const minutes of [0, 60, 540, 1_439]) {
        assert.deepEqual(zone.wallOf(zone.instantOf({ day, minutes })), { day, minutes }, `${name} ${day} ${minutes}`);
      }
    }
  }
});

test("an hour that is skipped is the next; of one that comes twice, the first is meant", () => {
  const skipped = berlin.instantOf({ day: "2026-03-29", minutes: 150 });
  assert.equal(new Date(skipped).toISOString(), "2026-03-29T01:30:00.000Z");
  assert.deepEqual(berlin.wallOf(skipped), { day: "2026-03-29", minutes: 210 });
  const twice = berlin.instantOf({ day: "2026-10-25", minutes: 150 });
  assert.equal(new Date(twice).toISOString(), "2026-10-25T00:30:00.000Z");
});

test("sessions stand on the days of the zone, in order", () => {
  const found = byDay(
    [
      session("late", "2026-11-20T23:30:00Z"),
      session("early", "2026-11-21T07:00:00Z"),
      session("any time", null),
      session("over midnight", "2026-11-21T21:00:00Z", "2026-11-22T01:00:00Z"),
    ],
    berlin,
  );
  assert.deepEqual(
    [...found].map(([day, all]) => [day, all.map(({ id }) => id)]),
    [["2026-11-21", ["late", "early", "over midnight"]]],
  );
});

test("what lasts for days is on each of them", () => {
  const days = (start: string, end: string): string[] => [...byDay([session("camp", start, end)], berlin).keys()];
  assert.deepEqual(days("2026-11-20T08:00:00Z", "2026-11-22T10:00:00Z"), ["2026-11-20", "2026-11-21", "2026-11-22"]);
  assert.deepEqual(days("2026-11-19T23:00:00Z", "2026-11-21T23:00:00Z"), ["2026-11-20", "2026-11-21"]);
  assert.deepEqual(days("2026-11-20T23:00:00Z", "2026-11-21T23:00:00Z"), ["2026-11-21"]);
});

test("a day shows the part of a session that falls on it", () => {
  const night = session("night", "2026-11-21T21:00:00Z", "2026-11-22T01:00:00Z");
  const of = (day: string) => partsOn(day, [night], berlin).map(({ from, to, continues }) => [from, to, continues]);
  assert.deepEqual(of("2026-11-21"), [[1_320, 1_440, false]]);
  assert.deepEqual(of("2026-11-22"), [[0, 120, true]]);
  assert.deepEqual(of("2026-11-23"), []);
});

test("those that overlap stand beside each other, the others take the whole width", () => {
  const parts = partsOn(
    "2026-11-21",
    [
      session("a", "2026-11-21T08:00:00Z", "2026-11-21T10:00:00Z"),
      session("b", "2026-11-21T08:30:00Z", "2026-11-21T09:00:00Z"),
      session("c", "2026-11-21T09:00:00Z", "2026-11-21T11:00:00Z"),
      session("d", "2026-11-21T11:00:00Z", "2026-11-21T12:00:00Z"),
      session("short", "2026-11-21T15:00:00Z", "2026-11-21T15:05:00Z"),
      session("after the short", "2026-11-21T15:10:00Z", "2026-11-21T16:00:00Z"),
    ],
    berlin,
  );
  assert.deepEqual(
    parts.map(({ session: { id }, lane, lanes }) => [id, lane, lanes]),
    [
      ["a", 0, 2],
      ["b", 1, 2],
      ["c", 1, 2],
      ["d", 0, 1],
      ["short", 0, 2],
      ["after the short", 1, 2],
    ],
  );
});

test("a week begins in the morning, unless all of it lies in the night", () => {
  const at = (...hours: number[]) => firstHour(hours.map((hour) => ({ from: hour * 60, to: hour * 60 + 60 })));
  assert.deepEqual([at(), at(0, 9), at(6), at(20, 22), at(0, 22)], [7, 7, 6, 20, 0]);
});
