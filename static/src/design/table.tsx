import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight } from "lucide";
import type { ComponentChildren } from "preact";

import { words } from "../words";
import { IconButton } from "./button";
import { Icon } from "./icon";

export interface Column<T, K extends string> {
  key: K;
  name: string;
  isSortable?: boolean;
  /** Numbers stand at the end, under each other. */
  isNumber?: boolean;
  /** The cell that says what the row is. */
  isHead?: boolean;
  /** Its texts can be long: they go on in a second line. */
  isLong?: boolean;
  /** Left out where there is little room. */
  isMinor?: boolean;
  cell: (row: T) => ComponentChildren;
}

export interface Sorting<K extends string> {
  by: K;
  isDescending: boolean;
}

interface TableProps<T, K extends string> {
  label: string;
  columns: readonly Column<T, K>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  sorting?: Sorting<K>;
  onSort?: (sorting: Sorting<K>) => void;
}

/** Rows under heads that stay in sight. Where it is too wide it scrolls by itself, not the page. */
export function Table<T, K extends string>({ label, columns, rows, keyOf, sorting, onSort }: TableProps<T, K>) {
  return (
    <div class="table-box" role="region" aria-label={label} tabIndex={0}>
      <table class="table">
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} sorting={sorting} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) =>
                column.isHead ? (
                  <th key={column.key} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} class={looksOf(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function looksOf<T, K extends string>({ isNumber, isLong, isMinor }: Column<T, K>): string | undefined {
  const looks = [isNumber && "table-number", isLong && "table-long", isMinor && "table-minor"];
  return looks.filter(Boolean).join(" ") || undefined;
}

interface HeadProps<T, K extends string> {
  column: Column<T, K>;
  sorting: Sorting<K> | undefined;
  onSort: ((sorting: Sorting<K>) => void) | undefined;
}

function Head<T, K extends string>({ column, sorting, onSort }: HeadProps<T, K>) {
  const { key, name, isSortable } = column;
  const isSorted = sorting?.by === key;
  const order = !isSorted ? undefined : sorting.isDescending ? "descending" : "ascending";
  return (
    <th scope="col" aria-sort={order} class={looksOf(column)}>
      {isSortable && onSort ? (
        <button
          type="button"
          class="table-sort"
          onClick={() => onSort({ by: key, isDescending: isSorted && !sorting.isDescending })}
        >
          {name}
          <span class={isSorted ? "table-order" : "table-order table-order-off"}>
            <Icon of={order === "descending" ? ArrowDown : ArrowUp} size={16} />
          </span>
        </button>
      ) : (
        name
      )}
    </th>
  );
}

interface PagerProps {
  label: string;
  page: number;
  pages: number;
  onPage: (page: number) => void;
}

/** Back and forth through the pages of a long table. */
export function Pager({ label, page, pages, onPage }: PagerProps) {
  return (
    <nav class="pager" aria-label={label}>
      <IconButton
        icon={ChevronLeft}
        class="flips"
        label={words.sessions.previous}
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
      />
      <span aria-live="polite">{words.sessions.page(page, pages)}</span>
      <IconButton
        icon={ChevronRight}
        class="flips"
        label={words.sessions.next}
        disabled={page >= pages}
        onClick={() => onPage(page + 1)}
      />
    </nav>
  );
}
