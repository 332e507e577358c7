import {
  Virtualizer,
  defaultRangeExtractor,
  elementScroll,
  measureElement,
  observeElementOffset,
  observeElementRect,
  type Range,
  type VirtualizerOptions,
} from "@tanstack/virtual-core";
import { useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";

type Options = Pick<
  VirtualizerOptions<HTMLElement, HTMLElement>,
  "count" | "getScrollElement" | "estimateSize" | "getItemKey" | "anchorTo" | "followOnAppend" | "overscan"
>;

interface Virtual {
  virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  /** The row that has the focus, -1 for none: it stays in the page wherever one scrolls, so that the focus stays too. */
  keep: (index: number) => void;
}

/** Which rows of a long list are in the page. */
export function useVirtual(options: Options): Virtual {
  const [, redraw] = useReducer((round: number) => round + 1, 0);
  const kept = useRef(-1);
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(complete(options)));

  function complete(given: Options): VirtualizerOptions<HTMLElement, HTMLElement> {
    return {
      ...given,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      measureElement,
      // Before it is measured, as if it filled a window: so the first drawing has rows.
      initialRect: { width: 0, height: 800 },
      rangeExtractor: (range) => withKept(range, kept.current),
      onChange: () => redraw(undefined),
    };
  }

  virtualizer.setOptions(complete(options));
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  return { virtualizer, keep: (index) => void (kept.current = index) };
}

/** The rows to draw, with the one that is to be kept; it may lie before or after all the others. */
export function withKept(range: Range, kept: number): number[] {
  const rows = defaultRangeExtractor(range);
  if (kept < 0 || kept >= range.count || rows.includes(kept)) return rows;
  return [...rows, kept].sort((a, b) => a - b);
}
