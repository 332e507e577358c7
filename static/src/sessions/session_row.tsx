import { RotateCcw, Users } from "lucide";

import type { SessionView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { Button, Link } from "../design/button";
import { Icon } from "../design/icon";
import { Badge } from "../design/notice";
import { startsIn } from "../join/preview_card";
import { serverNow } from "../net/server_clock";
import { words } from "../words";
import { formatMoment, formatNumber, formatTime } from "../words/format";
import { KIND_ICONS } from "./kind_icons";
import { RowMenu } from "./row_menu";
import { isLive, isOver } from "./standing";
import type { RowActions } from "./use_row_actions";
import { ownerOf } from "../words/person_name";

const DAY_MS = 86_400_000;

interface SessionRowProps {
  session: SessionView;
  /** Without them, the line only shows and leads on. */
  actions?: RowActions;
  onTag?: (tag: string) => void;
}

/** One session in a list: what it is, when, how it stands, and what one can do with it. */
export function SessionRow({ session, actions, onTag }: SessionRowProps) {
  return (
    <li class="row">
      <span class={`row-icon ${isLive(session) ? "row-icon-live" : ""}`} title={words.kinds[session.kind].name}>
        <Icon of={KIND_ICONS[session.kind]} label={words.kinds[session.kind].name} />
      </span>
      <div class="row-main">
        <Link class="row-title" href={`/sessions/${session.id}`}>
          {session.title}
        </Link>
        <div class="row-sub">
          <span class="code">{session.code}</span>
          <span>{whenOf(session)}</span>
          {!onTag && session.my_role !== "host" && <span>{words.sessions.hostedBy(ownerOf(session))}</span>}
          {onTag && session.tags.length > 0 && <Tags tags={session.tags} onTag={onTag} />}
        </div>
      </div>
      {onTag && (
        <span class="row-host">
          <Avatar id={session.owner_id} name={ownerOf(session)} size="small" />
          <span class="sr-only">{words.sessions.host}</span>
          <span class="row-host-name">{ownerOf(session)}</span>
        </span>
      )}
      <div class="row-state">
        <People count={session.participant_count} />
        <Badge tone={session.status}>{words.statuses[session.status]}</Badge>
      </div>
      <div class="row-actions">
        <WayIn session={session} onRestore={() => void actions?.restore(session)} />
        {actions && !session.deleted_at && <RowMenu session={session} actions={actions} />}
      </div>
    </li>
  );
}

function Tags({ tags, onTag }: { tags: readonly string[]; onTag: (tag: string) => void }) {
  return (
    <span class="tags">
      {tags.map((tag) => (
        <button key={tag} type="button" class="tag" aria-label={words.sessions.tagged(tag)} onClick={() => onTag(tag)}>
          {tag}
        </button>
      ))}
    </span>
  );
}

function People({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span class="row-people" title={words.sessions.people(count)}>
      <Icon of={Users} size={16} />
      <span aria-hidden="true">{formatNumber(count)}</span>
      <span class="sr-only">{words.sessions.people(count)}</span>
    </span>
  );
}

/** The one thing that is most likely wanted. */
function WayIn({ session, onRestore }: { session: SessionView; onRestore: () => void }) {
  if (session.deleted_at) {
    return (
      <Button size="small" icon={RotateCcw} onClick={onRestore}>
        {words.sessions.restore}
      </Button>
    );
  }
  if (isOver(session)) {
    return (
      <Link size="small" look="quiet" href={`/sessions/${session.id}`}>
        {words.sessions.history}
      </Link>
    );
  }
  return (
    <Link
      size="small"
      look={isLive(session) ? "primary" : "secondary"}
      href={`/room/${session.id}`}
      aria-label={words.sessions.openNamed(session.title)}
    >
      {words.sessions.open}
    </Link>
  );
}

function whenOf(session: SessionView): string {
  const { start_time, end_time } = session;
  const happened = session.started_at ?? session.ended_at;
  if (happened) return formatMoment(happened);
  if (!start_time) return words.time.any;
  const isShort = end_time !== null && Date.parse(end_time) - Date.parse(start_time) < DAY_MS;
  const moment = isShort ? words.time.from(formatMoment(start_time), formatTime(end_time)) : formatMoment(start_time);
  const left = Date.parse(start_time) - serverNow();
  const isSoon = session.status === "scheduled" && left > 0 && left < DAY_MS;
  return isSoon ? `${moment} · ${startsIn(start_time, serverNow())}` : moment;
}
