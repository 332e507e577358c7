import { CalendarPlus, ChevronLeft, ChevronRight, Plus, SearchX } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { Pagination, SessionView } from "../contract/types";
import { Button, IconButton, Link } from "../design/button";
import { LoadError } from "../design/load_error";
import { Empty, Skeleton } from "../design/notice";
import { queryString } from "../net/rest";
import { useLoad } from "../net/use_load";
import { Page } from "../shell/page";
import { words } from "../words";
import { CancelDialog } from "./cancel_dialog";
import { Filters } from "./filters";
import { addressOf, isPlain, requestOf, searchFrom, type Search } from "./search";
import { SessionRow } from "./session_row";
import { useRowActions } from "./use_row_actions";

export function SessionsPage() {
  const { rest, router } = useClient();
  const search = searchFrom(router.place.value.query);
  const request = requestOf(search);
  const { data, error, isLoading, reload } = useLoad(
    (signal) => rest<SessionView[]>("GET", "/sessions", { query: request, signal }),
    [queryString(request)],
  );
  const [cancelling, setCancelling] = useState<SessionView | null>(null);
  const actions = useRowActions(reload);

  function change(changes: Partial<Search>): void {
    const next = { ...search, page: 1, ...changes };
    router.go(`/sessions${queryString(addressOf(next))}`, { replace: true });
  }

  return (
    <Page
      title={words.sessions.title}
      width="wide"
      actions={
        <Link href="/sessions/new" look="primary" icon={Plus}>
          {words.shell.newSession}
        </Link>
      }
    >
      <Filters search={search} onSearch={change} />
      <div aria-busy={isLoading}>
        {!data && isLoading && <Skeleton lines={6} label={words.sessions.title} />}
        {error && <LoadError error={error} onRetry={reload} />}
        {data && data.data.length === 0 && (
          <Nothing search={search} onClear={() => router.go("/sessions", { replace: true })} />
        )}
        {data && data.data.length > 0 && (
          <ul class={`rows ${isLoading ? "rows-stale" : ""}`} aria-label={words.sessions.title}>
            {data.data.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                onCancel={setCancelling}
                onDelete={(each) => void actions.remove(each)}
                onRestore={(each) => void actions.restore(each)}
              />
            ))}
          </ul>
        )}
        {data?.pagination && <Pages pagination={data.pagination} onPage={(page) => change({ page })} />}
      </div>
      {cancelling && (
        <CancelDialog
          session={cancelling}
          onClose={() => setCancelling(null)}
          onConfirm={(reason) => {
            setCancelling(null);
            void actions.cancel(cancelling, reason);
          }}
        />
      )}
    </Page>
  );
}

function Nothing({ search, onClear }: { search: Search; onClear: () => void }) {
  if (isPlain(search)) {
    return (
      <Empty icon={CalendarPlus} title={words.home.emptyTitle} hint={words.home.emptyHint}>
        <Link href="/sessions/new" look="primary" icon={Plus}>
          {words.shell.newSession}
        </Link>
      </Empty>
    );
  }
  return (
    <Empty
      icon={SearchX}
      title={words.sessions.noneTitle}
      hint={search.deleted ? words.sessions.noneDeleted : words.sessions.noneHint}
    >
      <Button onClick={onClear}>{words.sessions.clear}</Button>
    </Empty>
  );
}

interface PagesProps {
  pagination: Pagination;
  onPage: (page: number) => void;
  /** How many there are of what is listed, in words. */
  total?: (n: number) => string;
}

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
