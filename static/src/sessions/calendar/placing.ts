// Where sessions stand in a calendar: on which days, between which hours, and beside each other where they overlap. Pure.

import type { SessionView } from "../../contract/types";
import { addDays, daysBetween, type Day } from "./days";
import type { Zone } from "./zones";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** As long as a session without an end is drawn. */
const OPEN_END_MINUTES = 60;
/** What is shorter is drawn this high, so that its title can be read. */
const LEAST_MINUTES = 30;
const MORNING = 7;
const EVENING = 18;

export type Planned = Pick<SessionView, "id" | "title" | "kind" | "status" | "start_time" | "end_time">;

/** A session, or the part of it that falls on one day: minutes since that day's midnight. */
export interface Part<S extends Planned = SessionView> {
  session: S;
  from: number;
  to: number;
  /** It began the day before. */
  continues: boolean;
  /** Which of the columns of those that overlap, and how many there are. */
  lane: number;
  lanes: number;
}

interface Span<S> {
  session: S;
  start: { day: Day; minutes: number };
  end: { day: Day; minutes: number };
}

/** The sessions of each day, in order. One that ends in the night after is on its first day only. */
export function byDay<S extends Planned>(sessions: readonly S[], zone: Zone): Map<Day, S[]> {
  const found = new Map<Day, S[]>();
  for (const { session, start, end } of spansOf(sessions, zone)) {
    const length = daysBetween(start.day, end.day) * DAY_MINUTES + end.minutes - start.minutes;
    const last = length < DAY_MINUTES || end.minutes === 0 ? Math.ceil(length / DAY_MINUTES) - 1 : null;
    const days = last ?? daysBetween(start.day, end.day);
    for (let i = 0; i <= days; i += 1) {
      const day = addDays(start.day, i);
      found.set(day, [...(found.get(day) ?? []), session]);
    }
  }
  return found;
}

/** What of the sessions falls on this day, with room beside each other for those that overlap. */
export function partsOn<S extends Planned>(day: Day, sessions: readonly S[], zone: Zone): Part<S>[] {
  const parts = spansOf(sessions, zone).flatMap(({ session, start, end }) => {
    const from = Math.max(0, daysBetween(day, start.day) * DAY_MINUTES + start.minutes);
    const to = Math.min(DAY_MINUTES, daysBetween(day, end.day) * DAY_MINUTES + end.minutes);
    if (from >= DAY_MINUTES || to <= 0) return [];
    return [{ session, from, to: Math.max(to, from + 1), continues: start.day < day, lane: 0, lanes: 1 }];
  });
  return inLanes(parts);
}

function spansOf<S extends Planned>(sessions: readonly S[], zone: Zone): Span<S>[] {
  const spans = sessions.flatMap((session) => {
    if (!session.start_time) return [];
    const start = Date.parse(session.start_time);
    const end = session.end_time ? Date.parse(session.end_time) : start + OPEN_END_MINUTES * MINUTE_MS;
    return [{ session, at: start, start: zone.wallOf(start), end: zone.wallOf(end) }];
  });
  return spans.sort((a, b) => a.at - b.at);
}

/** The hour at which a day begins on the screen: in the morning, unless all of it lies in the night. */
export function firstHour(parts: readonly Pick<Part, "from" | "to">[]): number {
  const isByDay = parts.some(({ from, to }) => to > MORNING * 60 && from < EVENING * 60);
  if (isByDay || parts.length === 0) return MORNING;
  return Math.floor(Math.min(...parts.map(({ from }) => from)) / 60);
}

/** Each in the first column that is free; those that touch one another, directly or by way of others, are as narrow. */
function inLanes<S extends Planned>(parts: Part<S>[]): Part<S>[] {
  let group: Part<S>[] = [];
  let ends: number[] = [];
  for (const part of [...parts].sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (ends.every((end) => end <= part.from)) [group, ends] = [[], []];
    const free = ends.findIndex((end) => end <= part.from);
    part.lane = free < 0 ? ends.length : free;
    ends[part.lane] = Math.max(part.to, part.from + LEAST_MINUTES);
    group.push(part);
    for (const each of group) each.lanes = ends.length;
  }
  return parts;
}
