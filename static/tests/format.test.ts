import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { serverClock } from "../src/net/server_clock";
import { speak, type Words } from "../src/words";
import { de } from "../src/words/de";
import { en } from "../src/words/en";
import { es } from "../src/words/es";
import {
  formatClock,
  formatDay,
  formatLanguage,
  formatLength,
  formatMoment,
  formatNumber,
  formatShare,
  formatTime,
} from "../src/words/format";
import { language } from "../src/words/language";
import { showTimesIn } from "../src/words/locale";

function read(tag: string, words: Words, zone: string): void {
  language.value = tag;
  speak(words);
  showTimesIn(zone);
}

/** Narrow and unbreakable spaces differ from one version of the data to the next. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");

beforeEach(() => read("en", en, "UTC"));

test("one instant is another hour, and another day, in other zones", () => {
  const instant = "2026-03-01T23:30:00Z";
  const now = new Date("2026-03-01T12:00:00Z");
  assert.deepEqual([formatDay(instant, now), plain(formatTime(instant))], ["Today", "11:30 PM"]);
  showTimesIn("Asia/Tokyo");
  assert.deepEqual([formatDay(instant, now), plain(formatTime(instant))], ["Tomorrow", "8:30 AM"]);
  showTimesIn("America/Los_Angeles");
  assert.deepEqual([formatDay(instant, now), plain(formatTime(instant))], ["Today", "3:30 PM"]);
  showTimesIn("Asia/Kathmandu");
  assert.equal(plain(formatTime(instant)), "5:15 AM");
});

test("the day when the clocks change is a day like any other", () => {
  read("de", de, "Europe/Berlin");
  // At two o'clock of this night it becomes three.
  const now = new Date("2026-03-28T22:30:00Z");
  assert.equal(formatMoment("2026-03-29T00:59:00Z", now), "Morgen, 01:59");
  assert.equal(formatMoment("2026-03-29T01:00:00Z", now), "Morgen, 03:00");
  assert.equal(formatMoment("2026-03-29T21:59:00Z", now), "Morgen, 23:59");
  assert.notEqual(formatDay("2026-03-29T22:00:00Z", now), "Morgen");
  // At three o'clock of this night it becomes two: the same time of the clock is told twice.
  const autumn = new Date("2026-10-25T12:00:00Z");
  assert.equal(formatMoment("2026-10-25T00:30:00Z", autumn), "Heute, 02:30");
  assert.equal(formatMoment("2026-10-25T01:30:00Z", autumn), "Heute, 02:30");
  assert.equal(formatMoment("2026-10-24T21:59:00Z", autumn), "Gestern, 23:59");
});

test("a day further away is called by its date, with the year if it is another one", () => {
  const now = new Date("2026-06-10T12:00:00Z");
  const days = (): string[] => ["2026-06-20T12:00:00Z", "2027-06-20T12:00:00Z"].map((each) => formatDay(each, now));
  assert.deepEqual(days(), ["Sat, Jun 20", "Jun 20, 2027"]);
  read("de", de, "UTC");
  assert.deepEqual(days(), ["Sa., 20. Juni", "20. Juni 2027"]);
  read("es", es, "UTC");
  assert.deepEqual(days(), ["sáb, 20 jun", "20 jun 2027"]);
});

test("today is the server's today, whatever the clock here says", () => {
  const aDayAhead = Date.now() + 86_400_000;
  serverClock.heardAnswer(new Date(aDayAhead).toUTCString(), Date.now());
  assert.equal(formatDay(new Date(aDayAhead).toISOString()), "Today");
  assert.equal(formatDay(new Date().toISOString()), "Yesterday");
});

test("numbers are written as is usual where the reader is", () => {
  const numbers = (): string[] => [formatNumber(1234567.5), formatShare(0.256), en.room.people(1204)].map(plain);
  assert.deepEqual(numbers(), ["1,234,567.5", "26%", "1,204 people"]);
  read("de", de, "UTC");
  assert.deepEqual(numbers(), ["1.234.567,5", "26 %", "1.204 people"]);
  assert.equal(de.room.people(1204), "1.204 Personen");
});

test("a length is told roughly, a clock to the second", () => {
  assert.deepEqual([0, 59, 60, 4_800, 200_000].map(formatLength), [
    "0 seconds",
    "59 seconds",
    "1 minute",
    "1 hour 20 minutes",
    "2 days",
  ]);
  assert.deepEqual([0, 247, 3_847, -5].map(formatClock), ["0:00", "4:07", "1:04:07", "0:00"]);
  read("es", es, "UTC");
  assert.deepEqual([1, 3_600].map(formatLength), ["1 segundo", "1 hora"]);
});

test("languages are called in the reader's, and what nobody knows stays as it is", () => {
  read("es", es, "UTC");
  assert.deepEqual(["en", "fr", "not a tag"].map(formatLanguage), ["Inglés", "Francés", "not a tag"]);
});
