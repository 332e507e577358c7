import { CalendarX2, Copy, EllipsisVertical, History, Pencil, RotateCcw, Trash2, Users } from "lucide";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { Button, Link } from "../design/button";
import { Icon } from "../design/icon";
import { Badge } from "../design/notice";
import { Popover, PopoverItem } from "../design/popover";
import { startsIn } from "../join/preview_card";
import { words } from "../words";
import { formatMoment, formatNumber } from "../words/format";
import { copyLink } from "./copy_link";
import { KIND_ICONS } from "./kind_icons";

export interface RowActions {
  onCancel: (session: SessionView) => void;
  onDelete: (session: SessionView) => void;
  onRestore: (session: SessionView) => void;
}

interface SessionRowProps extends Partial<RowActions> {
  session: SessionView;
}

const OVER = new Set(["ended", "cancelled"]);
const LIVE = new Set(["active", "paused"]);

/** One session in a list: what it is, when, how it stands, and what one can do with it. */
export function SessionRow({ session, ...actions }: SessionRowProps) {
  const isOver = OVER.has(session.status);
  const isDeleted = session.deleted_at !== null;
  return (
    <li class="row">
      <span
        class={`row-icon ${LIVE.has(session.status) ? "row-icon-live" : ""}`}
        title={words.kinds[session.kind].name}
      >
        <Icon of={KIND_ICONS[session.kind]} label={words.kinds[session.kind].name} />
      </span>
      <div class="row-main">
        <Link class="row-title" href={`/sessions/${session.id}`}>
          {session.title}
        </Link>
        <p class="row-sub">
          <span class="code">{session.code}</span>
          <span>{whenOf(session)}</span>
          {session.my_role !== "host" && <span>{words.sessions.hostedBy(session.owner_name)}</span>}
        </p>
      </div>
      <div class="row-state">
        {session.participant_count > 0 && (
          <span class="row-people" title={words.sessions.people(session.participant_count)}>
            <Icon of={Users} size={16} />
            <span aria-hidden="true">{formatNumber(session.participant_count)}</span>
            <span class="sr-only">{words.sessions.people(session.participant_count)}</span>
          </span>
        )}
        <Badge tone={session.status}>{words.statuses[session.status]}</Badge>
      </div>
      <div class="row-actions">
        {isDeleted ? (
          <Button size="small" icon={RotateCcw} onClick={() => actions.onRestore?.(session)}>
            {words.sessions.restore}
          </Button>
        ) : isOver ? (
          <Link size="small" look="quiet" href={`/sessions/${session.id}`}>
            {words.sessions.history}
          </Link>
        ) : (
          <Link
            size="small"
            look={LIVE.has(session.status) ? "primary" : "secondary"}
            href={`/room/${session.id}`}
            aria-label={words.sessions.openNamed(session.title)}
          >
            {words.sessions.open}
          </Link>
        )}
        {!isDeleted && actions.onDelete && <RowMenu session={session} isOver={isOver} actions={actions} />}
      </div>
    </li>
  );
}

function RowMenu({
  session,
  isOver,
  actions,
}: {
  session: SessionView;
  isOver: boolean;
  actions: Partial<RowActions>;
}) {
  const { router, toasts } = useClient();
  const isHost = session.my_role === "host" || session.my_role === null;
  const mayEdit = !isOver && (isHost || session.my_role === "co_host");
  return (
    <Popover label={words.actions.for(session.title)} icon={EllipsisVertical}>
      {(close) => {
        const item = (icon: typeof Copy, label: string, run: () => void, danger = false) => (
          <PopoverItem icon={icon} danger={danger} onChoose={() => (close(), run())}>
            {label}
          </PopoverItem>
        );
        return (
          <>
            {item(Copy, words.actions.copyLink, () => void copyLink(session.code, toasts))}
            {item(History, words.sessions.history, () => router.go(`/sessions/${session.id}`))}
            {mayEdit && item(Pencil, words.actions.edit, () => router.go(`/sessions/${session.id}/edit`))}
            {isHost &&
              !isOver &&
              item(CalendarX2, words.sessions.cancelSession, () => actions.onCancel?.(session), true)}
            {isHost &&
              !LIVE.has(session.status) &&
              item(Trash2, words.actions.delete, () => actions.onDelete?.(session), true)}
          </>
        );
      }}
    </Popover>
  );
}

function whenOf(session: SessionView): string {
  if (session.ended_at) return formatMoment(session.ended_at);
  if (session.started_at) return formatMoment(session.started_at);
  if (!session.start_time) return words.time.any;
  const isPlanned = session.status === "scheduled" && Date.parse(session.start_time) > Date.now();
  const moment = formatMoment(session.start_time);
  return isPlanned ? `${moment} · ${startsIn(session.start_time, Date.now())}` : moment;
}
