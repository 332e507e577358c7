import { ChevronLeft, ChevronRight } from "lucide";

import type { Pagination } from "../contract/types";
import { IconButton } from "../design/button";
import { words } from "../words";

interface PagesProps {
  pagination: Pagination;
  onPage: (page: number) => void;
  /** How many there are of what is listed, in words. */
  total?: (n: number) => string;
}

/** How many there are, and turning the pages. */
export function Pages({ pagination, onPage, total: inWords = words.sessions.total }: PagesProps) {
  const { page, totalPages, total, hasNext, hasPrev } = pagination;
  if (total === 0) return null;
  return (
    <nav class="pages" aria-label={words.sessions.page(page, Math.max(1, totalPages))}>
      <span class="quiet" role="status">
        {inWords(total)}
      </span>
      {totalPages > 1 && (
        <span class="pages-turn">
          <IconButton
            icon={ChevronLeft}
            label={words.sessions.previous}
            disabled={!hasPrev}
            onClick={() => onPage(page - 1)}
          />
          <span>{words.sessions.page(page, totalPages)}</span>
          <IconButton
            icon={ChevronRight}
            label={words.sessions.next}
            disabled={!hasNext}
            onClick={() => onPage(page + 1)}
          />
        </span>
      )}
    </nav>
  );
}
