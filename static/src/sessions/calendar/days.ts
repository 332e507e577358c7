// Days of the calendar: which comes when, and which are shown together. No times, no zones. Pure.

/** A day as the address and the browser's own fields write it: "2026-11-21". */
export type Day = string;

const DAY_MS = 86_400_000;
const WEEK = 7;
/** Monday, as ISO 8601 has it, where the browser does not know what is usual. */
const MONDAY = 1;

function midnight(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayAt(utc: number): Day {
  return new Date(utc).toISOString().slice(0, 10);
}

export function isDay(text: string): boolean {
  return /^[1-9]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(midnight(text)) && dayAt(midnight(text)) === text;
}

export function addDays(day: Day, count: number): Day {
  return dayAt(midnight(day) + count * DAY_MS);
}

/** The same day of another month, or that month's last. */
export function addMonths(day: Day, count: number): Day {
  const date = new Date(midnight(day));
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + count];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return dayAt(Date.UTC(year, month, Math.min(date.getUTCDate(), last)));
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((midnight(to) - midnight(from)) / DAY_MS);
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(midnight(day)).getUTCDay() || WEEK;
}

export function isSameMonth(a: Day, b: Day): boolean {
  return a.slice(0, 7) === b.slice(0, 7);
}

/** The seven days of the week that holds this day, from its first on. */
export function weekOf(day: Day, firstWeekday: number): Day[] {
  const first = addDays(day, -((weekdayOf(day) - firstWeekday + WEEK) % WEEK));
  return Array.from({ length: WEEK }, (_, i) => addDays(first, i));
}

/** Whole weeks, as many as it takes to show the month that holds this day. */
export function weeksOf(day: Day, firstWeekday: number): Day[][] {
  const first = `${day.slice(0, 8)}01`;
  const weeks: Day[][] = [];
  for (let week = weekOf(first, firstWeekday); week.some((each) => isSameMonth(each, day));) {
    weeks.push(week);
    week = week.map((each) => addDays(each, WEEK));
  }
  return weeks;
}

/** The day of the week on which a calendar begins where this language is spoken. */
export function firstWeekdayOf(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? MONDAY;
}
