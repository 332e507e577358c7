import { ArrowRight, CalendarPlus, MessageCircleHeart, Plus, RefreshCw, UserCheck } from "lucide";
import { useEffect, useState } from "preact/hooks";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { Button, Link } from "../design/button";
import { Icon } from "../design/icon";
import { LoadError } from "../design/load_error";
import { Empty, Skeleton } from "../design/notice";
import { isWhole } from "../join/code";
import { CodeField } from "../join/code_field";
import { usePreview } from "../join/preview";
import { PreviewCard } from "../join/preview_card";
import type { Query, Rest } from "../net/rest";
import { serverNow } from "../net/server_clock";
import { useLoad } from "../net/use_load";
import { SessionRow } from "../sessions/session_row";
import { Page, useTitle } from "../shell/page";
import { words } from "../words";
import { isToday } from "../words/format";
import { agendaOf, type AgendaPart } from "./agenda";

/** So long after its time a session that was not started still counts as the next. */
const LATE_MS = 60 * 60_000;
const REFRESH_MS = 60_000;

export function HomePage() {
  const { account } = useClient();
  const user = account.user.value;
  return user ? <MemberHome name={user.display_name} /> : <OpenHome />;
}

function JoinBox() {
  const { router } = useClient();
  const [code, setCode] = useState("");
  const preview = usePreview(code);
  const wrong = preview.found && !preview.found.session ? preview.found.errors[0]?.message : preview.error?.message;

  return (
    <form
      class="card join-box"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole(code)) router.go(`/join/${code}`);
      }}
    >
      <h2>{words.home.joinTitle}</h2>
      <CodeField code={code} onCode={setCode} error={wrong} hint={words.home.joinHint} />
      <div aria-live="polite" class="join-found">
        {preview.found?.session && (
          <PreviewCard preview={preview.found} session={preview.found.session} isHeading={false} />
        )}
      </div>
      <Button type="submit" look="primary" size="large" icon={ArrowRight} disabled={!isWhole(code)}>
        {words.join.go}
      </Button>
    </form>
  );
}

const POINT_ICONS = [UserCheck, RefreshCw, MessageCircleHeart];

function OpenHome() {
  useTitle(words.brand);
  return (
    <main id="content" class="page page-wide open-home">
      <div class="open-home-top">
        <div class="open-home-words">
          <h1>{words.home.title}</h1>
          <p class="page-lead">{words.home.lead}</p>
          <Link href="/register" look="secondary" size="large">
            {words.shell.register}
          </Link>
        </div>
        <JoinBox />
      </div>
      <ul class="points">
        {words.home.points.map(({ title, text }, i) => (
          <li key={title}>
            <Icon of={POINT_ICONS[i] ?? UserCheck} size={24} />
            <h2>{title}</h2>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </main>
  );
}

function MemberHome({ name }: { name: string }) {
  return (
    <Page
      title={words.home.greeting(name)}
      lead={words.home.greetingHint}
      width="wide"
      actions={
        <Link href="/sessions/new" look="primary" icon={Plus}>
          {words.shell.newSession}
        </Link>
      }
    >
      <div class="home-columns">
        <Mine />
        <JoinBox />
      </div>
    </Page>
  );
}

function Mine() {
  const { rest } = useClient();
  const { data, error, isLoading, reload } = useLoad((signal) => readAgenda(rest, signal), []);
  useEffect(() => {
    const timer = setInterval(reload, REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <section class="card mine" aria-busy={isLoading}>
      <header class="card-head">
        <h2>{words.home.mine}</h2>
        <Link href="/sessions" class="link">
          {words.home.all}
        </Link>
      </header>
      {!data && isLoading && <Skeleton lines={4} label={words.home.mine} />}
      {!data && error && <LoadError error={error} onRetry={reload} />}
      {data?.length === 0 && (
        <Empty icon={CalendarPlus} title={words.home.emptyTitle} hint={words.home.emptyHint}>
          <Link href="/sessions/new" look="primary" icon={Plus}>
            {words.shell.newSession}
          </Link>
        </Empty>
      )}
      {data?.map(({ part, sessions }) => (
        <section key={part} class="agenda-part">
          <h3 class={part === "live" ? "agenda-live" : undefined}>{words.home.parts[part]}</h3>
          <ul class="rows" aria-label={words.home.parts[part]}>
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

async function readAgenda(rest: Rest, signal: AbortSignal): Promise<AgendaPart[]> {
  const read = async (query: Query): Promise<SessionView[]> =>
    (await rest<SessionView[]>("GET", "/sessions", { query, signal })).data;
  const from = new Date(serverNow() - LATE_MS).toISOString();
  const [live, planned, recent] = await Promise.all([
    read({ active: true, limit: 10, sortBy: "updated_at" }),
    read({ status: "scheduled", from, limit: 20, sortBy: "start_time", sortOrder: "asc" }),
    read({ limit: 20, sortBy: "updated_at" }),
  ]);
  return agendaOf({ live, planned, recent }, isToday);
}
