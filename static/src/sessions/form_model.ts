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

export type Switches = Omit<SessionSettings, "opens_minutes_before">;

export interface Draft {
  kind: SessionKind;
  title: string;
  description: string;
  /** As the browser's own field gives it: "2026-11-21T09:00", local time; "" for none. */
  start: string;
  /** Minutes; 0: open end. */
  length: number;
  seats: string;
  language: string;
  languages: string;
  tags: string;
  /** Minutes before the start; null: any time. */
  opens: number | null;
  switches: Switches;
}

export type FormErrors = Partial<Record<keyof Draft, string>>;

export function emptyDraft(preset: KindPreset, language: string): Draft {
  const plain = { title: "", description: "", start: "", length: 60, language, languages: "", tags: "" };
  return withPreset({ ...plain, ...presetParts(preset) }, preset);
}

/** The draft with everything that the kind settles. */
export function withPreset(draft: Draft, preset: KindPreset): Draft {
  return { ...draft, ...presetParts(preset) };
}

function presetParts({ kind, settings, max_participants }: KindPreset) {
  const { opens_minutes_before, ...switches } = settings;
  return { kind, opens: opens_minutes_before, switches, seats: String(max_participants) };
}

export function draftOf(session: SessionView): Draft {
  const { opens_minutes_before, ...switches } = session.settings;
  const { start_time, end_time } = session;
  const others = session.available_languages.filter((tag) => tag !== session.original_language);
  return {
    kind: session.kind,
    title: session.title,
    description: session.description,
    start: start_time ? localOf(start_time) : "",
    length: start_time && end_time ? Math.round((Date.parse(end_time) - Date.parse(start_time)) / 60_000) : 0,
    seats: String(session.max_participants),
    language: session.original_language,
    languages: others.join(", "),
    tags: session.tags.join(", "),
    opens: opens_minutes_before,
    switches,
  };
}

/** An instant as the browser's field for local times wants it. */
export function localOf(instant: string): string {
  const date = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

function listOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean),
    ),
  ];
}

/** What can be said without asking the server. */
export function errorsIn(draft: Draft): FormErrors {
  const errors: FormErrors = {};
  if ([...draft.title.trim()].length < 2) errors.title = words.form.needTitle;
  if (draft.start && Number.isNaN(Date.parse(draft.start))) errors.start = words.form.badTime;
  const seats = Number(draft.seats);
  if (!Number.isInteger(seats) || seats < 1 || seats > 10_000) errors.seats = words.form.badSeats;
  return errors;
}

function fieldsOf(draft: Draft) {
  const start = draft.start ? new Date(draft.start) : null;
  const end = start && draft.length > 0 ? new Date(start.getTime() + draft.length * 60_000) : null;
  return {
    title: draft.title.trim(),
    description: draft.description.trim(),
    start_time: start?.toISOString() ?? null,
    end_time: end?.toISOString() ?? null,
    original_language: draft.language,
    available_languages: [...new Set([draft.language, ...listOf(draft.languages)])],
    max_participants: Number(draft.seats),
    tags: listOf(draft.tags),
    settings: { ...draft.switches, opens_minutes_before: draft.opens },
  };
}

export function updateOf(draft: Draft): UpdateSession {
  return fieldsOf(draft);
}

export function createOf(draft: Draft, status: "draft" | "scheduled"): CreateSession {
  return { ...fieldsOf(draft), kind: draft.kind, status };
}

const FIELDS: Record<string, keyof Draft> = {
  title: "title",
  description: "description",
  start_time: "start",
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
