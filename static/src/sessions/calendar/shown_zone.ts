// The zone in which the page shows its times, for what has to be reckoned in it.

import { computed, type ReadonlySignal } from "@preact/signals";

import { serverNow } from "../../net/server_clock";
import { timeZone } from "../../words/locale";
import { addDays, type Day } from "./days";
import { zoneOf, type Zone } from "./zones";

/** Where the account's preferences say one is; else where the browser is. */
export const shownZone: ReadonlySignal<Zone> = computed(() => zoneOf(timeZone.value));

export function today(): Day {
  return shownZone.value.wallOf(serverNow()).day;
}

export function momentOf(day: Day, minutes = 0): string {
  return new Date(shownZone.value.instantOf({ day, minutes })).toISOString();
}

/** From the beginning of the first day until the last is over. */
export function boundsOf(from: Day, to: Day): { from?: string; to?: string } {
  return { ...(from && { from: momentOf(from) }), ...(to && { to: momentOf(addDays(to, 1)) }) };
}
