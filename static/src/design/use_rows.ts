import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  defaultRangeExtractor,
  type Range,
} from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useLayoutEffect, useReducer, useState } from "preact/hooks";

interface RowsOptions {
  box: RefObject<HTMLElement | null>;
  count: number;
  keyOf: (index: number) => string;
  /** Roughly how high a row is, before it has been seen; in pixels. */
  estimate: number;
  /** Stay at the end while rows are added there, and where one reads while they are added above. */
  anchorTo?: "start" | "end";
  /** This near the end counts as at the end, in pixels. */
  closeToEnd?: number;
  /** A row that stays in the page wherever one scrolls, because the focus is in it. */
  held?: number;
  /** One looks at the end and stays there: what is added is drawn where it will be, not first where one was. */
  isFollowing?: boolean;
}

/** So many rows beyond what can be seen are in the page. */
const OVERSCAN = 8;
/** At the end, where one does not scroll. */
const OVERSCAN_AT_END = 2;

export type Rows = Virtualizer<HTMLElement, HTMLElement>;

/** Which rows of a long list can be seen, each as high as it is: only these are in the page. */
export function useRows(given: RowsOptions): Rows {
  const { box, count, keyOf, estimate, anchorTo = "start", closeToEnd = 1, held, isFollowing = false } = given;
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const options = {
    count,
    getScrollElement: () => box.current,
    getItemKey: keyOf,
    estimateSize: () => estimate,
    overscan: OVERSCAN,
    anchorTo,
    followOnAppend: anchorTo === "end",
    scrollEndThreshold: closeToEnd,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    rangeExtractor: (range: Range): number[] => {
      const seen = isFollowing
        ? lastOf(range, (rows.scrollRect?.height ?? 0) / estimate)
        : defaultRangeExtractor(range);
      const isMissing = held !== undefined && held >= 0 && held < count && !seen.includes(held);
      return isMissing ? [...seen, held].sort((a, b) => a - b) : seen;
    },
    onChange: () => redraw(undefined as never),
  };
  const [rows] = useState<Rows>(() => new Virtualizer(options));
  rows.setOptions(options);
  useLayoutEffect(() => rows._didMount(), []);
  useLayoutEffect(() => rows._willUpdate());
  return rows;
}

/** As many rows as can be seen, at the end of all; no fewer than may be if low ones take the place of high ones. */
function lastOf({ startIndex, endIndex, count }: Range, least: number): number[] {
  const rows = Math.max(endIndex - startIndex + 1, Math.ceil(least)) + OVERSCAN_AT_END;
  const first = Math.max(0, count - rows);
  return Array.from({ length: count - first }, (_, i) => first + i);
}
