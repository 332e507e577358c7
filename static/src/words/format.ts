// Dates, numbers and durations as people write them where they are.

import { computed, type ReadonlySignal } from "@preact/signals";

import { serverNow } from "../net/server_clock";
import { words } from "./index";
import { locale, timeZone } from "./locale";

const DAY_MS = 86_400_000;

/** An `Intl` formatter for the language and zone of the moment, made anew when one of them changes. */
function localized<T>(make: (locale: string, timeZone: string | undefined) => T): ReadonlySignal<T> {
  return computed(() => make(locale.value, timeZone.value));
}

const dates = (options: Intl.DateTimeFormatOptions): ReadonlySignal<Intl.DateTimeFormat> =>
  localized((tag, timeZone) => new Intl.DateTimeFormat(tag, { ...options, timeZone }));

const time = dates({ timeStyle: "short" });
const timeWithSeconds = dates({ timeStyle: "medium" });
const weekday = dates({ weekday: "short", day: "numeric", month: "short" });
const dated = dates({ day: "numeric", month: "short", year: "numeric" });
const calendarDay = localized(
  (_, timeZone) => new Intl.DateTimeFormat("en", { year: "numeric", month: "numeric", day: "numeric", timeZone }),
);
const number = localized((tag) => new Intl.NumberFormat(tag));
const percent = localized((tag) => new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 0 }));
const languageNames = localized((tag) => new Intl.DisplayNames(tag, { type: "language" }));

export function formatNumber(value: number): string {
  return number.value.format(value);
}

/** A part of a whole, from 0 to 1, in per cent. */
export function formatShare(share: number): string {
  return percent.value.format(share);
}

export function formatTime(instant: string): string {
  return time.value.format(new Date(instant));
}

export function formatExactTime(instant: string): string {
  return timeWithSeconds.value.format(new Date(instant));
}

/** "Today", "Tomorrow", "Yesterday", or the day, by the server's clock; with the year if it is another one. */
export function formatDay(instant: string, now = new Date(serverNow())): string {
  const date = new Date(instant);
  const days = Math.round((startOfDay(date) - startOfDay(now)) / DAY_MS);
  if (days === 0) return words.time.today;
  if (days === 1) return words.time.tomorrow;
  if (days === -1) return words.time.yesterday;
  return dayOf(date).year === dayOf(now).year ? weekday.value.format(date) : dated.value.format(date);
}

export function formatMoment(instant: string, now = new Date(serverNow())): string {
  return words.time.dayAt(formatDay(instant, now), formatTime(instant));
}

/** Whether it falls on the day it is, where the times shown are. */
export function isToday(instant: string, now = new Date(serverNow())): boolean {
  return startOfDay(new Date(instant)) === startOfDay(now);
}

/** No zone is off by less than a quarter of an hour, so that within one it is the same day. */
const QUARTER_MS = 15 * 60_000;
const daysByQuarter = localized(() => new Map<number, number>());

/** A number for the day it is at that instant where the reader is: cheap enough to be asked for every line of a list. */
export function dayNumber(instant: string): number {
  const ms = Date.parse(instant);
  const quarter = Math.floor(ms / QUARTER_MS);
  const known = daysByQuarter.value.get(quarter);
  if (known !== undefined) return known;
  const day = startOfDay(new Date(ms)) / DAY_MS;
  daysByQuarter.value.set(quarter, day);
  return day;
}

/** The day it is at that instant in the zone shown, as midnight of that day in UTC. */
function startOfDay(date: Date): number {
  const { year, month, day } = dayOf(date);
  return Date.UTC(year, month - 1, day);
}

function dayOf(date: Date): { year: number; month: number; day: number } {
  const parts = Object.fromEntries(
    calendarDay.value.formatToParts(date).map(({ type, value }) => [type, Number(value)]),
  );
  return { year: parts.year ?? 0, month: parts.month ?? 1, day: parts.day ?? 1 };
}

/** A running clock: 4:07, or 1:04:07. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** A length of time in words, roughly: "40 seconds", "5 minutes", "1 hour 20 minutes", "3 days". */
export function formatLength(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return words.time.seconds(whole);
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return words.time.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return words.time.days(Math.round(hours / 24));
  const rest = minutes % 60;
  return rest ? `${words.time.hours(hours)} ${words.time.minutes(rest)}` : words.time.hours(hours);
}

/** A language by its own tag: "en" is "English"; a tag nobody knows stays as it is. */
export function formatLanguage(tag: string): string {
  try {
    const name = languageNames.value.of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(locale.value) + name.slice(1);
  } catch {
    return tag;
  }
}
