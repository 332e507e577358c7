// Days of a calendar ("2026-11-21") as people write them. They have no zone: the same everywhere.

import { computed, type ReadonlySignal } from "@preact/signals";

import { locale } from "./locale";

const format = (options: Intl.DateTimeFormatOptions): ReadonlySignal<Intl.DateTimeFormat> =>
  computed(() => new Intl.DateTimeFormat(locale.value, { ...options, timeZone: "UTC" }));

const month = format({ month: "long", year: "numeric" });
const weekday = format({ weekday: "short" });
const number = format({ day: "numeric" });
const short = format({ day: "numeric", month: "short", year: "numeric" });
const long = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const hour = format({ hour: "numeric" });

const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** "November 2026". */
export function formatMonth(day: string): string {
  return month.value.format(dateOf(day));
}

/** "Sat". */
export function formatWeekday(day: string): string {
  return weekday.value.format(dateOf(day));
}

/** "21". */
export function formatDayNumber(day: string): string {
  return number.value.format(dateOf(day));
}

/** "21 Nov 2026". */
export function formatShortDay(day: string): string {
  return short.value.format(dateOf(day));
}

/** "Saturday, 21 November 2026". */
export function formatLongDay(day: string): string {
  return long.value.format(dateOf(day));
}

/** "16 – 22 Nov 2026". */
export function formatDays(from: string, to: string): string {
  return short.value.formatRange(dateOf(from), dateOf(to));
}

/** A whole hour of the day: "09", "9 AM". */
export function formatHour(of: number): string {
  return hour.value.format(new Date(Date.UTC(2026, 0, 1, of)));
}
