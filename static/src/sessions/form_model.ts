// What is in the form of a session, and what the server is asked for. Pure.

import type {
  CreateSession,
  KindPreset,
  SessionKind,
  SessionSettings,
  SessionView,
  UpdateSession,
} from "../contract/types";
import { words } from "../words";
import { isDay, type Day } from "./calendar/days";
import { shownZone } from "./calendar/shown_zone";

export type Switches = Omit<SessionSettings, "opens_minutes_before">;

/** At once, at a time, or whenever a host opens it. */
export type When = "now" | "planned" | "open";

export interface Draft {
  kind: SessionKind;
  title: string;
  description: string;
  when: When;
  /** As the browser's own fields give them, in the zone that is shown: "2026-11-21" and "09:00"; "" for none. */
  date: Day;
  time: string;
  /** Minutes; 0: open end. */
  length: number;
  seats: string;
  language: string;
  /** In which people can follow, beside the one that is spoken. */
  languages: readonly string[];
  tags: string;
  /** Minutes before the start; null: any time. */
  opens: number | null;
  switches: Switches;
}

export type FormErrors = Partial<Record<keyof Draft, string>>;

const MINUTE_MS = 60_000;
const USUAL_LENGTH = 60;

export function emptyDraft(preset: KindPreset, language: string): Draft {
  return {
    title: "",
    description: "",
    when: "now",
    date: "",
    time: "",
    length: USUAL_LENGTH,
    language,
    languages: [],
    tags: "",
    ...presetParts(preset),
  };
}

/** The draft with everything that the kind settles. */
export function withPreset(draft: Draft, preset: KindPreset): Draft {
  return { ...draft, ...presetParts(preset) };
}

export function hasPreset(draft: Draft, preset: KindPreset): boolean {
  return isSame(presetParts(preset), {
    kind: draft.kind,
    opens: draft.opens,
    switches: draft.switches,
    seats: draft.seats,
  });
}

function presetParts({ kind, settings, max_participants }: KindPreset) {
  const { opens_minutes_before, ...switches } = settings;
  return { kind, opens: opens_minutes_before, switches, seats: String(max_participants) };
}

export function draftOf(session: SessionView): Draft {
  const { opens_minutes_before, ...switches } = session.settings;
  const { start_time, end_time } = session;
  const start = start_time ? shownZone.value.wallOf(Date.parse(start_time)) : null;
  const lasts = start_time && end_time ? Date.parse(end_time) - Date.parse(start_time) : 0;
  return {
    kind: session.kind,
    title: session.title,
    description: session.description,
    when: start ? "planned" : "open",
    date: start?.day ?? "",
    time: start ? timeOf(start.minutes) : "",
    length: start && !end_time ? 0 : Math.round(lasts / MINUTE_MS) || USUAL_LENGTH,
    seats: String(session.max_participants),
    language: session.original_language,
    languages: session.available_languages.filter((tag) => tag !== session.original_language),
    tags: session.tags.join(", "),
    opens: opens_minutes_before,
    switches,
  };
}

export function timeOf(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Null if it is not a time of the day. */
export function minutesOf(time: string): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)/.exec(time);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}

/** When it begins and ends, as far as the draft says so. */
export function timesOf({ when, date, time, length }: Draft): { start: Date | null; end: Date | null } {
  const minutes = minutesOf(time);
  if (when !== "planned" || !isDay(date) || minutes === null) return { start: null, end: null };
  const start = shownZone.value.instantOf({ day: date, minutes });
  return { start: new Date(start), end: length > 0 ? new Date(start + length * MINUTE_MS) : null };
}

export function listOf(text: string): string[] {
  const parts = text.split(",").map((part) => part.trim());
  return [...new Set(parts.filter(Boolean))];
}

/** What can be said without asking the server. */
export function errorsIn(draft: Draft): FormErrors {
  const errors: FormErrors = {};
  if ([...draft.title.trim()].length < 2) errors.title = words.form.needTitle;
  if (draft.when === "planned" && !isDay(draft.date)) errors.date = words.form.needDay;
  if (draft.when === "planned" && minutesOf(draft.time) === null) errors.time = words.form.needTime;
  const seats = Number(draft.seats);
  if (!Number.isInteger(seats) || seats < 1 || seats > 10_000) errors.seats = words.form.badSeats;
  return errors;
}

function fieldsOf(draft: Draft) {
  const { start, end } = timesOf(draft);
  return {
    title: draft.title.trim(),
    description: draft.description.trim(),
    start_time: start?.toISOString() ?? null,
    end_time: end?.toISOString() ?? null,
    original_language: draft.language,
    available_languages: [...new Set([draft.language, ...draft.languages])],
    max_participants: Number(draft.seats),
    tags: listOf(draft.tags),
    settings: { ...draft.switches, opens_minutes_before: draft.opens },
  };
}

export function createOf(draft: Draft, status: "draft" | "scheduled"): CreateSession {
  return { ...fieldsOf(draft), kind: draft.kind, status };
}

/** Only what differs: what somebody else has changed meanwhile stays as it is. */
export function updateOf(before: Draft, after: Draft): UpdateSession {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const { settings, ...rest } = differing(old, now);
  return { ...rest, ...(settings && { settings: differing(old.settings, now.settings) }) };
}

function differing<T extends object>(before: T, after: T): Partial<T> {
  const names = (Object.keys(after) as (keyof T)[]).filter((name) => !isSame(before[name], after[name]));
  return Object.fromEntries(names.map((name) => [name, after[name]])) as Partial<T>;
}

export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length && left.every(([key, value]) => isSame(value, (b as Record<string, unknown>)[key]))
  );
}

const FIELDS: Record<string, keyof Draft> = {
  title: "title",
  description: "description",
  start_time: "date",
  end_time: "length",
  original_language: "language",
  available_languages: "languages",
  max_participants: "seats",
  tags: "tags",
  kind: "kind",
  "settings.opens_minutes_before": "opens",
};

/** The server's complaints, each beside the field of the form it is about. */
export function errorsFrom(fields: Record<string, string>): FormErrors {
  const errors: FormErrors = {};
  for (const [name, reason] of Object.entries(fields)) {
    const field = FIELDS[name] ?? FIELDS[name.split(".")[0] ?? ""];
    if (field) errors[field] ??= reason;
  }
  return errors;
}
