import { DoorOpen, Pencil, Play } from "lucide";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { Link } from "../design/button";
import { LoadError } from "../design/load_error";
import { Badge, Skeleton } from "../design/notice";
import { Tabs, type Tab } from "../design/tabs";
import { useLoad } from "../net/use_load";
import { sessionSeconds } from "../room/clock";
import { serverNow } from "../net/server_clock";
import { Page } from "../shell/page";
import { words } from "../words";
import { formatLanguage, formatLength, formatMoment, formatNumber, formatTime } from "../words/format";
import { AuditList } from "./audit_list";
import { ChatHistory } from "./chat_history";
import { Overview } from "./overview";
import { PeopleList } from "./people_list";
import { PollList } from "./poll_list";
import { RecordingList } from "./recording_list";
import { Timeline } from "./timeline";
import { useLog } from "./use_log";
import { ownerOf } from "../words/person_name";

const PARTS = ["overview", "timeline", "people", "chat", "polls", "recordings", "audit"] as const;
type Part = (typeof PARTS)[number];

/** A session as it was and is: facts, and what happened. */
export function HistoryPage({ id }: { id: string }) {
  const { rest } = useClient();
  const session = useLoad(async (signal) => (await rest<SessionView>("GET", `/sessions/${id}`, { signal })).data, [id]);
  if (session.error) {
    return (
      <Page title={words.history.title}>
        <LoadError error={session.error} onRetry={session.reload} />
      </Page>
    );
  }
  if (!session.data) {
    return (
      <Page title={words.history.title}>
        <Skeleton lines={6} label={words.history.title} />
      </Page>
    );
  }
  return <History session={session.data} />;
}

function History({ session }: { session: SessionView }) {
  const { account, acting, router } = useClient();
  const log = useLog(session.id);
  const isOver = session.status === "ended" || session.status === "cancelled";
  const isAdmin = account.user.value?.permissions.includes("admin:sessions");
  // Nobody goes into the room of another tenant, nor plans its sessions.
  const isAway = acting.tenant.value !== null;
  const leads = isAdmin || session.my_role === "host" || session.my_role === "co_host";
  const tabs: Tab<Part>[] = PARTS.filter((each) => each !== "audit" || leads).map((key) => ({
    key,
    name: words.history[key],
  }));
  const asked = router.place.value.query.get("tab");
  const part = tabs.find(({ key }) => key === asked)?.key ?? "overview";
  const setPart = (key: Part): void => router.go(`/sessions/${session.id}?tab=${key}`, { replace: true });

  return (
    <Page
      title={session.title}
      width="wide"
      lead={session.description || undefined}
      actions={
        <>
          {session.started_at && (
            <Link href={`/sessions/${session.id}/replay`} look={isOver ? "primary" : "secondary"} icon={Play}>
              {words.history.watch}
            </Link>
          )}
          {!isOver && !isAway && leads && (
            <Link href={`/sessions/${session.id}/edit`} look="secondary" icon={Pencil}>
              {words.history.edit}
            </Link>
          )}
          {!isOver && !isAway && (
            <Link href={`/room/${session.id}`} look="primary" icon={DoorOpen}>
              {words.history.open}
            </Link>
          )}
        </>
      }
    >
      <div class={`history ${part === "overview" ? "" : "history-apart"}`}>
        <Facts session={session} />
        <Tabs label={words.history.title} tabs={tabs} current={part} onChoose={setPart} class="history-tabs">
          {part === "overview" && <Overview log={log} />}
          {part === "timeline" && <Timeline sessionId={session.id} log={log} />}
          {part === "people" && <PeopleList sessionId={session.id} log={log} mayPardon={leads && !isOver && !isAway} />}
          {part === "chat" && <ChatHistory sessionId={session.id} title={session.title} />}
          {part === "polls" && <PollList sessionId={session.id} />}
          {part === "recordings" && <RecordingList sessionId={session.id} log={log} />}
          {part === "audit" && <AuditList sessionId={session.id} />}
        </Tabs>
      </div>
    </Page>
  );
}

function Facts({ session }: { session: SessionView }) {
  const { start_time, end_time, started_at, ended_at } = session;
  const lasted = ended_at ? sessionSeconds(session, serverNow()) : null;
  const planned =
    start_time &&
    (end_time ? words.time.from(formatMoment(start_time), formatTime(end_time)) : formatMoment(start_time));
  const facts: [string, string | null][] = [
    [words.history.kind, words.kinds[session.kind].name],
    [words.history.code, session.code],
    [words.history.host, ownerOf(session)],
    [words.history.planned, planned],
    [words.history.started, started_at ? formatMoment(started_at) : words.history.notYet],
    [words.history.ended, ended_at ? formatMoment(ended_at) : null],
    [words.history.lasted, lasted === null ? null : formatLength(lasted)],
    [words.history.seats, formatNumber(session.max_participants)],
    [
      words.history.language,
      session.available_languages.map(formatLanguage).join(", ") || formatLanguage(session.original_language),
    ],
  ];
  return (
    <section class="card facts-card" aria-label={words.history.facts}>
      <p>
        <Badge tone={session.status}>{words.statuses[session.status]}</Badge>
      </p>
      {session.cancel_reason && <p class="door-reason">{words.closed.reason(session.cancel_reason)}</p>}
      <dl>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd class={name === words.history.code ? "code" : ""}>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}
