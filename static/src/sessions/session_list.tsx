import { SearchX, CalendarPlus, Plus } from "lucide";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { Button, Link } from "../design/button";
import { LoadError } from "../design/load_error";
import { Empty, Skeleton } from "../design/notice";
import { queryString } from "../net/rest";
import { useLoad } from "../net/use_load";
import { words } from "../words";
import { boundsOf } from "./calendar/shown_zone";
import type { FiltersProps } from "./filters";
import { Pages } from "./pages";
import { NO_FILTERS, filtersIn, requestOf } from "./search";
import { SessionRow } from "./session_row";
import { useRowActions } from "./use_row_actions";

/** A page of what was found, a line each. */
export function SessionList({ search, onSearch }: FiltersProps) {
  const { rest, account } = useClient();
  const request = requestOf(search, account.user.value?.id ?? "", boundsOf);
  const { data, error, isLoading, reload } = useLoad(
    (signal) => rest<SessionView[]>("GET", "/sessions", { query: request, signal }),
    [queryString(request)],
  );
  const actions = useRowActions(reload);

  return (
    <div aria-busy={isLoading}>
      {!data && isLoading && <Skeleton lines={6} label={words.sessions.title} />}
      {error && <LoadError error={error} onRetry={reload} />}
      {data?.data.length === 0 && <Nothing search={search} onSearch={onSearch} />}
      {data && data.data.length > 0 && (
        <ul class={`rows table ${isLoading ? "rows-stale" : ""}`} aria-label={words.sessions.title}>
          {data.data.map((session) => (
            <SessionRow key={session.id} session={session} actions={actions} onTag={(tag) => onSearch({ tag })} />
          ))}
        </ul>
      )}
      {data?.pagination && <Pages pagination={data.pagination} onPage={(page) => onSearch({ page })} />}
      {actions.dialog}
    </div>
  );
}

function Nothing({ search, onSearch }: FiltersProps) {
  const filters = filtersIn(search);
  if (filters.length === 0 && search.page === 1) {
    return (
      <Empty icon={CalendarPlus} title={words.home.emptyTitle} hint={words.home.emptyHint}>
        <Link href="/sessions/new" look="primary" icon={Plus}>
          {words.shell.newSession}
        </Link>
      </Empty>
    );
  }
  const isTrash = search.deleted && filters.length === 1;
  return (
    <Empty
      icon={SearchX}
      title={isTrash ? words.sessions.noneDeleted : words.sessions.noneTitle}
      hint={isTrash ? words.sessions.noneDeletedHint : words.sessions.noneHint}
    >
      <Button onClick={() => onSearch({ ...NO_FILTERS })}>{words.sessions.clear}</Button>
    </Empty>
  );
}
