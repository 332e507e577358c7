import { Copy, DoorOpen, Pencil, Plus } from "lucide";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { Button, Link } from "../design/button";
import { LoadError } from "../design/load_error";
import { Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { Page } from "../shell/page";
import { words } from "../words";
import { formatMoment, formatTime } from "../words/format";
import { copyLink, linkTo } from "./copy_link";
import { draftOf } from "./form_model";
import { summaryOf } from "./summary";

/** What one needs once a session is planned: its link, its code, and what comes next. */
export function ReadyPage({ id }: { id: string }) {
  const { rest } = useClient();
  const session = useLoad(async (signal) => (await rest<SessionView>("GET", `/sessions/${id}`, { signal })).data, [id]);
  const title = session.data?.status === "draft" ? words.ready.draftTitle : words.ready.title;
  return (
    <Page title={session.data ? title : words.ready.title} lead={session.data?.title}>
      {!session.data && session.isLoading && <Skeleton lines={4} label={words.ready.title} />}
      {session.error && <LoadError error={session.error} onRetry={session.reload} />}
      {session.data && <Ready session={session.data} />}
    </Page>
  );
}

function Ready({ session }: { session: SessionView }) {
  const { toasts } = useClient();
  return (
    <div class="ready">
      <section class="card ready-card" aria-label={words.ready.invite}>
        <p class="ready-when">{whenOf(session)}</p>
        <p class="quiet">{words.ready.inviteHint}</p>
        <dl class="ready-facts">
          <div>
            <dt>{words.ready.link}</dt>
            <dd>{linkTo(session.code)}</dd>
          </div>
          <div>
            <dt>{words.history.code}</dt>
            <dd class="code ready-code">{session.code}</dd>
          </div>
        </dl>
        <Button look="primary" size="large" icon={Copy} onClick={() => void copyLink(session.code, toasts)}>
          {words.actions.copyLink}
        </Button>
      </section>
      <section class="ready-next">
        <h2>{words.ready.next}</h2>
        <ol>
          {nextSteps(session).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p class="quiet">{summaryOf(draftOf(session))}</p>
      </section>
      <div class="form-actions">
        <Link look="secondary" icon={DoorOpen} href={`/room/${session.id}`}>
          {words.sessions.open}
        </Link>
        <Link look="secondary" icon={Pencil} href={`/sessions/${session.id}/edit`}>
          {words.actions.edit}
        </Link>
        <Link look="quiet" icon={Plus} href="/sessions/new">
          {words.ready.another}
        </Link>
        <Link look="quiet" href="/sessions">
          {words.ready.all}
        </Link>
      </div>
    </div>
  );
}

function whenOf({ start_time, end_time }: SessionView): string {
  if (!start_time) return words.time.any;
  const moment = formatMoment(start_time);
  return end_time ? words.time.from(moment, formatTime(end_time)) : moment;
}

function nextSteps(session: SessionView): string[] {
  const { requires_approval, opens_minutes_before } = session.settings;
  if (session.status === "draft") return [...words.ready.draftSteps];
  const opens = opens_minutes_before ?? null;
  return [
    words.ready.send,
    session.start_time && opens !== null ? words.ready.opens(opens) : words.ready.opensAny,
    requires_approval ? words.ready.admit : words.ready.begin,
  ];
}
