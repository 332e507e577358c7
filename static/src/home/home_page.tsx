import { ArrowRight, CalendarPlus, MessageCircleHeart, Plus, RefreshCw, UserCheck } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { SessionStatus, SessionView } from "../contract/types";
import { Button, Link } from "../design/button";
import { Icon } from "../design/icon";
import { LoadError } from "../design/load_error";
import { Empty, Skeleton } from "../design/notice";
import { isWhole } from "../join/code";
import { CodeField } from "../join/code_field";
import { usePreview } from "../join/preview";
import { useLoad } from "../net/use_load";
import { SessionRow } from "../sessions/session_row";
import { Page, useTitle } from "../shell/page";
import { words } from "../words";

/** Of these, the most urgent are shown. */
const RECENT = 30;
const SHOWN = 6;
const ORDER: readonly SessionStatus[] = ["active", "paused", "scheduled", "draft", "ended", "cancelled"];

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
      <p class="join-found" aria-live="polite">
        {preview.found?.session?.title}
      </p>
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
  const { data, error, isLoading, reload } = useLoad(
    (signal) => rest<SessionView[]>("GET", "/sessions", { query: { limit: RECENT, sortBy: "updated_at" }, signal }),
    [],
  );
  return (
    <section class="card mine" aria-busy={isLoading}>
      <header class="card-head">
        <h2>{words.home.mine}</h2>
        <Link href="/sessions" class="link">
          {words.home.all}
        </Link>
      </header>
      {!data && isLoading && <Skeleton lines={4} label={words.home.mine} />}
      {error && <LoadError error={error} onRetry={reload} />}
      {data && data.data.length === 0 && (
        <Empty icon={CalendarPlus} title={words.home.emptyTitle} hint={words.home.emptyHint} />
      )}
      {data && data.data.length > 0 && (
        <ul class="rows" aria-label={words.home.mine}>
          {mostUrgent(data.data).map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** What runs first, then what comes soonest, then the rest as it was touched last. */
function mostUrgent(sessions: readonly SessionView[]): SessionView[] {
  const soonest = (each: SessionView): number =>
    each.status === "scheduled" && each.start_time ? Date.parse(each.start_time) : Infinity;
  const byUrgency = (a: SessionView, b: SessionView): number => {
    const byStatus = ORDER.indexOf(a.status) - ORDER.indexOf(b.status);
    if (byStatus) return byStatus;
    return soonest(a) === soonest(b) ? 0 : soonest(a) - soonest(b);
  };
  return [...sessions].sort(byUrgency).slice(0, SHOWN);
}
