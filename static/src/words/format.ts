// Dates, numbers and durations as people write them where they are.

import { words } from "./index";

const DAY_MS = 86_400_000;

const time = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const timeWithSeconds = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit", second: "2-digit" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" });
const dated = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const number = new Intl.NumberFormat();
const percent = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });
const languageNames = new Intl.DisplayNames(undefined, { type: "language" });

export function formatNumber(value: number): string {
  return number.format(value);
}

/** A part of a whole, from 0 to 1, in per cent. */
export function formatShare(share: number): string {
  return percent.format(share);
}

export function formatTime(instant: string): string {
  return time.format(new Date(instant));
}

export function formatExactTime(instant: string): string {
  return timeWithSeconds.format(new Date(instant));
}

/** "Today", "Tomorrow", "Yesterday", or the day; with the year if it is another one. */
export function formatDay(instant: string, now = new Date()): string {
  const date = new Date(instant);
  const days = Math.round((startOfDay(date) - startOfDay(now)) / DAY_MS);
  if (days === 0) return words.time.today;
  if (days === 1) return words.time.tomorrow;
  if (days === -1) return words.time.yesterday;
  return date.getFullYear() === now.getFullYear() ? weekday.format(date) : dated.format(date);
}

export function formatMoment(instant: string, now = new Date()): string {
  return words.time.dayAt(formatDay(instant, now), formatTime(instant));
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
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
    return languageNames.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
