import { Users } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { ParticipantView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { Button } from "../design/button";
import { LoadError } from "../design/load_error";
import { Badge, Empty, Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { Pages } from "../sessions/sessions_page";
import { words } from "../words";
import { formatLanguage, formatMoment } from "../words/format";

const LIMIT = 20;

interface PeopleListProps {
  sessionId: string;
  /** Whoever was sent out may be let back in. */
  mayPardon: boolean;
}

const PARDONS: Partial<Record<ParticipantView["status"], { verb: string; label: string }>> = {
  removed: { verb: "approve", label: words.history.letBack },
  declined: { verb: "approve", label: words.history.letBack },
  banned: { verb: "unban", label: words.history.liftBan },
};

export function PeopleList({ sessionId, mayPardon }: PeopleListProps) {
  const { rest, toasts } = useClient();
  const [page, setPage] = useState(1);
  const { data, error, reload } = useLoad(
    (signal) =>
      rest<ParticipantView[]>("GET", `/sessions/${sessionId}/participants`, { query: { page, limit: LIMIT }, signal }),
    [sessionId, page],
  );

  async function pardon({ id, display_name }: ParticipantView, verb: string): Promise<void> {
    try {
      await rest("POST", `/sessions/${sessionId}/participants/${id}/${verb}`);
      toasts.tell(words.history.pardoned(display_name));
    } catch (problem) {
      toasts.complain(problem);
    }
    reload();
  }

  if (error) return <LoadError error={error} onRetry={reload} />;
  if (!data) return <Skeleton lines={4} label={words.history.people} />;
  if (data.data.length === 0) return <Empty icon={Users} title={words.history.noPeople} />;
  return (
    <>
      <ul class="lines">
        {data.data.map((person) => (
          <PersonLine
            key={person.id}
            person={person}
            onPardon={mayPardon ? (verb) => void pardon(person, verb) : null}
          />
        ))}
      </ul>
      {data.pagination && data.pagination.totalPages > 1 && <Pages pagination={data.pagination} total={words.room.people} onPage={setPage} />}
    </>
  );
}

interface PersonLineProps {
  person: ParticipantView;
  onPardon: ((verb: string) => void) | null;
}

function PersonLine({ person, onPardon }: PersonLineProps) {
  const way = PARDONS[person.status];
  return (
    <li class="line">
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
      {way && onPardon && (
        <Button size="small" onClick={() => onPardon(way.verb)}>
          {way.label}
        </Button>
      )}
    </li>
  );
}
