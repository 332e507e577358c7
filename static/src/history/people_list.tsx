import { Users } from "lucide";
import { useMemo, useState } from "preact/hooks";

import { useClient } from "../client";
import type { ParticipantView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { Button } from "../design/button";
import { LoadError } from "../design/load_error";
import { Badge, Empty, Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { presencesOf, totalOf, type Presence } from "../replay/presence";
import { wholeSpan } from "../replay/spans";
import type { Span } from "../replay/track";
import { Pages } from "../sessions/pages";
import { words } from "../words";
import { formatLanguage, formatLength, formatTime } from "../words/format";
import type { Log } from "./use_log";
import { nameOf } from "../words/person_name";

const LIMIT = 20;

interface PeopleListProps {
  sessionId: string;
  log: Log;
  /** Whoever was sent out may be let back in. */
  mayPardon: boolean;
}

const PARDONS: Partial<Record<ParticipantView["status"], { verb: string; word: "letBack" | "liftBan" }>> = {
  removed: { verb: "approve", word: "letBack" },
  declined: { verb: "approve", word: "letBack" },
  banned: { verb: "unban", word: "liftBan" },
};

export function PeopleList({ sessionId, log, mayPardon }: PeopleListProps) {
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
      toasts.tell(() => words.history.pardoned(display_name));
    } catch (problem) {
      toasts.complain(problem);
    }
    reload();
  }

  const { frames, times } = log;
  const span = useMemo(() => wholeSpan(frames, times)[0] ?? null, [frames, times]);
  const presences = useMemo(
    () => new Map(presencesOf(frames, times, times.at(-1) ?? 0).map((each) => [each.person.id, each])),
    [frames, times],
  );

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
            presence={presences.get(person.id) ?? null}
            span={span}
            onPardon={mayPardon ? (verb) => void pardon(person, verb) : null}
          />
        ))}
      </ul>
      {data.pagination && data.pagination.totalPages > 1 && (
        <Pages pagination={data.pagination} total={words.room.people} onPage={setPage} />
      )}
    </>
  );
}

interface PersonLineProps {
  person: ParticipantView;
  presence: Presence | null;
  /** From when to when the session went. */
  span: Span | null;
  onPardon: ((verb: string) => void) | null;
}

function PersonLine({ person, presence, span, onPardon }: PersonLineProps) {
  const way = PARDONS[person.status];
  return (
    <li class="line">
      <Avatar id={person.id} name={nameOf(person)} image={person.avatar_url} size="small" />
      <div class="line-main">
        <strong>{nameOf(person)}</strong>
        <span class="quiet">
          {words.roles[person.role]} · {formatLanguage(person.language)}
          {presence
            ? ` · ${words.history.inFor(formatLength(totalOf(presence) / 1000))} · ${words.history.stays(presence.stays.length)}`
            : ` · ${words.history.neverIn}`}
        </span>
        {presence && span && <PresenceBar presence={presence} span={span} />}
      </div>
      <Badge tone={person.is_present ? "active" : "plain"}>
        {person.is_present ? words.history.presence.in : words.history.participantStatuses[person.status]}
      </Badge>
      {way && onPardon && (
        <Button size="small" onClick={() => onPardon(way.verb)}>
          {words.history[way.word]}
        </Button>
      )}
    </li>
  );
}

/** When somebody was in, along the session; as words for those who do not see it. */
function PresenceBar({ presence: { stays }, span }: { presence: Presence; span: Span }) {
  const share = (ms: number): number => (ms / (span.to - span.from)) * 100;
  const timeOf = (ms: number): string => formatTime(new Date(ms).toISOString());
  const said = stays.map(({ from, to }) => words.history.stay(timeOf(from), timeOf(to)));
  return (
    <span class="presence" role="img" aria-label={said.join(", ")} title={said.join(", ")}>
      {stays.map(({ from, to }) => (
        <span
          key={from}
          class="presence-stay"
          style={{ insetInlineStart: `${share(from - span.from)}%`, inlineSize: `${share(to - from)}%` }}
        />
      ))}
    </span>
  );
}
