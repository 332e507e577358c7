import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** This near the end counts as at the end. */
const CLOSE_PX = 48;

interface StickyEnd {
  list: RefObject<HTMLDivElement | null>;
  /** One has scrolled back: what comes does not move what one reads. */
  isAway: boolean;
  scrolled: () => void;
  toEnd: () => void;
  /** To be called before lines are put in above, so that what one reads stays where it is. */
  holdPlace: () => void;
}

/** Keeps a list at its end while it grows, unless one has scrolled back. `contents` are what it grows by. */
export function useStickyEnd(contents: readonly unknown[]): StickyEnd {
  const list = useRef<HTMLDivElement>(null);
  const heightBefore = useRef<number | null>(null);
  const [isAway, setAway] = useState(false);

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    if (heightBefore.current !== null) {
      element.scrollTop += element.scrollHeight - heightBefore.current;
      heightBefore.current = null;
    } else if (!isAway) element.scrollTop = element.scrollHeight;
  }, [...contents]);

  return {
    list,
    isAway,
    scrolled: () => {
      const element = list.current;
      if (element) setAway(element.scrollHeight - element.scrollTop - element.clientHeight >= CLOSE_PX);
    },
    toEnd: () => list.current?.scrollTo({ top: list.current.scrollHeight }),
    holdPlace: () => (heightBefore.current = list.current?.scrollHeight ?? null),
  };
}
