import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { locale } from "../../words/locale";
import { dayAfterKey } from "./day_keys";
import { firstWeekdayOf, type Day } from "./days";

interface DayFocus {
  /** The grid, whose days carry `data-day`. */
  grid: RefObject<HTMLDivElement | null>;
  onKeyDown: (event: KeyboardEvent, day: Day) => void;
}

/** Brings the focus to the day that a key leads to, once it is on the page. */
export function useDayFocus(at: Day, onShow: (day: Day) => void): DayFocus {
  const grid = useRef<HTMLDivElement>(null);
  const wanted = useRef<Day | null>(null);

  useEffect(() => {
    if (wanted.current !== at) return;
    wanted.current = null;
    grid.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus();
  });

  return {
    grid,
    onKeyDown: (event, day) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const isRightToLeft = document.documentElement.dir === "rtl";
      const next = dayAfterKey(event.key, day, firstWeekdayOf(locale.value), isRightToLeft);
      if (!next) return;
      event.preventDefault();
      wanted.current = next;
      onShow(next);
    },
  };
}
