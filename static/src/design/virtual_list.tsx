import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { useTextScale } from "./media";
import { useVirtual, withKept } from "./use_virtual";

const BEYOND = 6;
/** Before it is measured, as if it filled a window: so the first drawing has rows. */
const AT_FIRST = { width: 0, height: 800 };

interface VirtualListProps<T> {
  items: readonly T[];
  keyOf: (item: T) => string;
  /** Pixels at the usual size of text. With `isVaried`, about what a row needs; each is then measured. */
  rowHeight: number;
  isVaried?: boolean;
  /** Begins at the end and stays there as rows come, unless one has scrolled back: as in a chat. */
  sticksToEnd?: boolean;
  label: string;
  children: (item: T) => ComponentChildren;
}

/** A list of which only what can be seen is in the page, so that thousands of rows cost no more than twenty. */
export function VirtualList<T>({
  items,
  keyOf,
  rowHeight,
  isVaried = false,
  sticksToEnd = false,
  label,
  children,
}: VirtualListProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const height = rowHeight * useTextScale();
  const kept = useRef(-1);
  const virtual = useVirtual({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: BEYOND,
    anchorTo: sticksToEnd ? "end" : "start",
    followOnAppend: sticksToEnd,
    initialRect: AT_FIRST,
    rangeExtractor: (range) => withKept(range, kept.current),
  });
  useLayoutEffect(() => {
    if (sticksToEnd) virtual.scrollToEnd();
  }, []);

  const known = useRef(height);
  if (known.current !== height) {
    known.current = height;
    virtual.measure();
  }

  return (
    // By itself in the order of Tab, so that arrows scroll a list in which nothing else can have the focus.
    <div
      ref={box}
      class="virtual"
      role="presentation"
      tabIndex={0}
      onFocusIn={(event) => void (kept.current = rowOf(event.target))}
      onFocusOut={() => void (kept.current = -1)}
    >
      <ul aria-label={label} style={{ height: `${virtual.getTotalSize()}px` }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          return item === undefined ? null : (
            <li
              key={key}
              ref={isVaried ? (element) => virtual.measureElement(element) : undefined}
              data-index={index}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              style={{ top: `${start}px`, ...(!isVaried && { height: `${height}px` }) }}
            >
              {children(item)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function rowOf(target: EventTarget | null): number {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
  return Number(row?.dataset.index ?? -1);
}
