import { CalendarX } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { Button, Link } from "../design/button";
import { Select } from "../design/field";
import { LoadError } from "../design/load_error";
import { Badge, Empty, Skeleton } from "../design/notice";
import { Table, type Column } from "../design/table";
import { queryString } from "../net/rest";
import { useLoad } from "../net/use_load";
import { Pages } from "../sessions/pages";
import { STATUSES } from "../sessions/search";
import { SearchField } from "../sessions/search_field";
import { isLive } from "../sessions/standing";
import { words } from "../words";
import { formatMoment, formatNumber } from "../words/format";
import { ConfirmDialog } from "./confirm_dialog";
import { ownerOf } from "../words/person_name";

const AT_ONCE = 50;

/** Every session of the tenant, by whomever: found, opened, and ended while it runs. */
export function SessionsPage() {
  const { rest, router, toasts } = useClient();
  const given = router.place.value.query;
  const [q, status, page] = [given.get("q") ?? "", given.get("status") ?? "", Number(given.get("page")) || 1];
  const { data, error, reload } = useLoad(
    (signal) => rest<SessionView[]>("GET", "/sessions", { query: { q, status, page, limit: AT_ONCE }, signal }),
    [q, status, page],
  );
  const [ending, end] = useState<SessionView | null>(null);
  const go = (changes: { q?: string; status?: string; page?: number }): void => {
    const asked = { q, status, ...changes };
    router.go(`/admin/sessions${queryString({ ...asked, ...(asked.page === 1 && { page: "" }) })}`, { replace: true });
  };

  async function endNow(session: SessionView): Promise<void> {
    await rest("POST", `/sessions/${session.id}/end`, { body: {} });
    toasts.tell(() => words.admin.sessions.ended(session.title));
    reload();
  }

  return (
    <>
      <div class="admin-filters" role="search">
        <SearchField text={q} onText={(text) => go({ q: text.trim() })} />
        <Select
          label={words.sessions.status}
          hideLabel
          value={status}
          options={[
            { value: "", label: words.sessions.anyStatus },
            ...STATUSES.map((value) => ({ value, label: words.statuses[value] })),
          ]}
          onChoose={(value) => go({ status: value })}
        />
      </div>
      {error && <LoadError error={error} onRetry={reload} />}
      {!error && !data && <Skeleton lines={8} label={words.admin.opening} />}
      {data?.data.length === 0 && (
        <Empty icon={CalendarX} title={words.admin.sessions.none} hint={words.admin.sessions.noneHint} />
      )}
      {data && data.data.length > 0 && (
        <Table label={words.admin.pages.sessions} columns={columnsFor(end)} rows={data.data} keyOf={({ id }) => id} />
      )}
      {data?.pagination && <Pages pagination={data.pagination} onPage={(next) => go({ page: next })} />}
      {ending && (
        <ConfirmDialog
          title={words.admin.sessions.endTitle(ending.title)}
          text={words.admin.sessions.endAsk}
          yes={words.room.end}
          onClose={() => end(null)}
          onYes={() => endNow(ending)}
        />
      )}
    </>
  );
}

function columnsFor(onEnd: (session: SessionView) => void): Column<SessionView, string>[] {
  return [
    {
      key: "title",
      name: words.admin.sessions.title,
      isHead: true,
      cell: (session) => (
        <span class="user-words">
          <span class="user-line">
            <Link href={`/sessions/${session.id}`} class="user-name">
              {session.title}
            </Link>
            <Badge tone={session.status}>{words.statuses[session.status]}</Badge>
          </span>
          <span class="quiet user-email">
            {words.admin.sessions.by(words.kinds[session.kind].name, ownerOf(session))}
          </span>
        </span>
      ),
    },
    {
      key: "act",
      name: words.admin.sessions.act,
      cell: (session) =>
        isLive(session) && (
          <Button
            size="small"
            class="danger-text"
            aria-label={words.admin.sessions.endThis(session.title)}
            onClick={() => onEnd(session)}
          >
            {words.room.end}
          </Button>
        ),
    },
    {
      key: "people",
      name: words.admin.sessions.people,
      isNumber: true,
      isMinor: true,
      cell: ({ participant_count }) => formatNumber(participant_count),
    },
    {
      key: "at",
      name: words.admin.sessions.at,
      isMinor: true,
      cell: ({ started_at, start_time, created_at }) => formatMoment(started_at ?? start_time ?? created_at),
    },
  ];
}
