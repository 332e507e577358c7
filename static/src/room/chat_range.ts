import type { Range } from "@tanstack/virtual-core";

import { withKept } from "../design/use_virtual";

/** So many rows beyond what can be seen are in the page. */
export const OVERSCAN = 8;
/** At the end, where one does not scroll. */
const OVERSCAN_AT_END = 2;

interface Looking {
  /** The row in which the focus is, -1 for none. */
  held: number;
  /** One looks at the end and stays there: what is added is drawn where it will be, not first where one was. */
  isFollowing: boolean;
  /** So many rows fill the window, if all are as low as can be. */
  filling: number;
}

/** Which rows of the chat are in the page. */
export function chatRange(range: Range, { held, isFollowing, filling }: Looking): number[] {
  return withKept(range, held, isFollowing ? lastOf(range, filling) : undefined);
}

/** As many rows as can be seen, at the end of all; no fewer than may be if low ones take the place of high ones. */
function lastOf({ startIndex, endIndex, count }: Range, least: number): number[] {
  const rows = Math.max(endIndex - startIndex + 1, Math.ceil(least)) + OVERSCAN_AT_END;
  const first = Math.max(0, count - rows);
  return Array.from({ length: count - first }, (_, i) => first + i);
}
