// What the clocks on the wall show somewhere, and which instant it is when they show something. Pure.

import type { Day } from "./days";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What clock and calendar show: a day, and the minutes since its midnight. */
export interface Wall {
  day: Day;
  minutes: number;
}

export interface Zone {
  /** Its IANA name. */
  name: string;
  wallOf: (instant: number) => Wall;
  /** An hour that the clocks skip is the one after it; of an hour that comes twice, the first. */
  instantOf: (wall: Wall) => number;
}

/** A zone by its IANA name; without one, the browser's own. */
export function zoneOf(name: string | undefined): Zone {
  const format = new Intl.DateTimeFormat("en", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });

  function wallOf(instant: number): Wall {
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const day = `${(parts.year ?? "").padStart(4, "0")}-${parts.month}-${parts.day}`;
    return { day, minutes: Number(parts.hour) * 60 + Number(parts.minute) };
  }

  function offsetAt(instant: number): number {
    const whole = Math.floor(instant / MINUTE_MS) * MINUTE_MS;
    return asUtc(wallOf(whole)) - whole;
  }

  function instantOf(wall: Wall): number {
    const wanted = asUtc(wall);
    const [before, after] = [wanted - offsetAt(wanted - DAY_MS), wanted - offsetAt(wanted + DAY_MS)];
    return [before, after].find((instant) => asUtc(wallOf(instant)) === wanted) ?? before;
  }

  return { name: format.resolvedOptions().timeZone, wallOf, instantOf };
}

function asUtc({ day, minutes }: Wall): number {
  return Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE_MS;
}
