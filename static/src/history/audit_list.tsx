import { ShieldCheck } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { AuditView } from "../contract/types";
import { LoadError } from "../design/load_error";
import { Empty, Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { Pages } from "../sessions/pages";
import { words } from "../words";
import { formatExactTime, formatDay } from "../words/format";
import { usePeople } from "./use_people";

const LIMIT = 50;

type Say = (by: string, whom: string) => string;

/** Who did what, for those who lead the session; newest first. */
export function AuditList({ sessionId }: { sessionId: string }) {
  const { rest } = useClient();
  const people = usePeople(sessionId);
  const [page, setPage] = useState(1);
  const { data, error, reload } = useLoad(
    (signal) => rest<AuditView[]>("GET", `/sessions/${sessionId}/audit`, { query: { page, limit: LIMIT }, signal }),
    [sessionId, page],
  );
  if (error) return <LoadError error={error} onRetry={reload} />;
  if (!data) return <Skeleton lines={4} label={words.history.audit} />;
  if (data.data.length === 0) return <Empty icon={ShieldCheck} title={words.history.noAudit} />;

  const names = new Map(
    (people.data ?? []).flatMap((each) => [
      [each.id, each.display_name],
      [each.user_id ?? "", each.display_name],
    ]),
  );
  const nameOf = (id: string | null): string => (id ? (names.get(id) ?? words.history.somebody) : words.history.system);
  const sentence = ({ action, participant_id, user_id, target_id }: AuditView): string => {
    const say = (words.happened as Record<string, Say>)[action];
    return say ? say(nameOf(participant_id ?? user_id), nameOf(target_id ?? participant_id ?? user_id)) : action;
  };
  return (
    <>
      <ol class="audit">
        {data.data.map((entry) => (
          <li key={entry.id}>
            <p class="audit-line">
              <time dateTime={entry.at}>
                {formatDay(entry.at)} {formatExactTime(entry.at)}
              </time>
              <span>{sentence(entry)}</span>
            </p>
          </li>
        ))}
      </ol>
      {data.pagination && data.pagination.totalPages > 1 && <Pages pagination={data.pagination} onPage={setPage} />}
    </>
  );
}
