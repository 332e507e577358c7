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
import { useLayoutEffect, useReducer, useState } from "preact/hooks";

export type Virtual = Virtualizer<HTMLElement, HTMLElement>;

type Told = "observeElementRect" | "observeElementOffset" | "scrollToFn" | "measureElement" | "onChange";

/** Which rows of a long list are in the page. */
export function useVirtual(given: Omit<VirtualizerOptions<HTMLElement, HTMLElement>, Told>): Virtual {
  const [, redraw] = useReducer((round: number) => round + 1, 0);
  const options = {
    ...given,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    measureElement,
    onChange: () => redraw(undefined as never),
  };
  const [virtual] = useState<Virtual>(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtual.setOptions(options);
  useLayoutEffect(() => virtual._didMount(), []);
  useLayoutEffect(() => virtual._willUpdate());
  return virtual;
}

/** The rows to draw, and the one that stays in the page wherever one scrolls, because the focus is in it; -1 for none. */
export function withKept(range: Range, kept: number, rows = defaultRangeExtractor(range)): number[] {
  if (kept < 0 || kept >= range.count || rows.includes(kept)) return rows;
  return [...rows, kept].sort((a, b) => a - b);
}
