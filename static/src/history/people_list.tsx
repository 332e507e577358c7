import { Users } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { ParticipantView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { LoadError } from "../design/load_error";
import { Badge, Empty, Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { Pages } from "../sessions/sessions_page";
import { words } from "../words";
import { formatLanguage, formatMoment } from "../words/format";

const LIMIT = 20;

export function PeopleList({ sessionId }: { sessionId: string }) {
  const { rest } = useClient();
  const [page, setPage] = useState(1);
  const { data, error, reload } = useLoad(
    (signal) => rest<ParticipantView[]>("GET", `/sessions/${sessionId}/participants`, { query: { page, limit: LIMIT }, signal }),
    [sessionId, page],
  );
  if (error) return <LoadError error={error} onRetry={reload} />;
  if (!data) return <Skeleton lines={4} label={words.history.people} />;
  if (data.data.length === 0) return <Empty icon={Users} title={words.history.noPeople} />;
  return (
    <>
      <ul class="lines">
        {data.data.map((person) => (
          <li key={person.id} class="line">
            <Avatar id={person.id} name={person.display_name} size="small" />
            <div class="line-main">
              <strong>{person.display_name}</strong>
              <span class="quiet">
                {words.roles[person.role]} · {formatLanguage(person.language)}
                {person.joined_at && ` · ${formatMoment(person.joined_at)}`}
              </span>
            </div>
            <Badge tone={person.is_present ? "active" : "plain"}>
              {person.is_present ? words.history.presence.in : words.history.participantStatuses[person.status]}
            </Badge>
          </li>
        ))}
      </ul>
      {data.pagination && data.pagination.totalPages > 1 && <Pages pagination={data.pagination} onPage={setPage} />}
    </>
  );
}
