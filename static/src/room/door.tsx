import { BadgeCheck, Ban, CalendarX2, DoorClosed, HeartHandshake, Hourglass, LogOut, Radio, UserRoundX } from "lucide";
import type { IconNode } from "lucide";
import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";

import { useClient } from "../client";
import { Button, Link } from "../design/button";
import { Icon } from "../design/icon";
import { useFocusOnArrival } from "../shell/page";
import { Brand } from "../shell/shell";
import type { ConveneError } from "../net/error";
import { useLoad } from "../net/use_load";
import { serverNow } from "../net/server_clock";
import { words } from "../words";
import { formatLength } from "../words/format";
import { sessionSeconds } from "./clock";
import type { Why } from "./connection";
import { RoomContext, useRoom, type RoomModel } from "./room";

/** The calm page before, beside and after a room. */
export function Door({
  icon,
  title,
  hint,
  children,
  actions,
}: {
  icon?: IconNode;
  title: string;
  hint?: string;
  children?: ComponentChildren;
  actions?: ComponentChildren;
}) {
  const heading = useFocusOnArrival();
  return (
    <div class="door">
      <header class="door-head">
        <Brand />
      </header>
      <main id="content" class="door-main">
        {icon && (
          <span class="door-icon">
            <Icon of={icon} size={32} />
          </span>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {hint && <p class="page-lead">{hint}</p>}
        {children}
        {actions && <div class="door-actions">{actions}</div>}
      </main>
    </div>
  );
}

export function ConnectingScreen() {
  return (
    <div class="room-skeleton" role="status">
      <span class="sr-only">{words.room.connecting}</span>
      <span class="skeleton" />
      <div class="room-skeleton-body">
        <span class="skeleton" />
        <span class="skeleton" />
      </div>
      <span class="skeleton" />
    </div>
  );
}

export function ConsentScreen() {
  const room = useRoom();
  return (
    <Door
      icon={Radio}
      title={words.recording.consentTitle}
      hint={words.recording.consentHint}
      actions={
        <>
          <Button look="primary" size="large" onClick={() => room.consent()}>
            {words.recording.agree}
          </Button>
          <Button size="large" onClick={() => void room.leave()}>
            {words.recording.disagree}
          </Button>
        </>
      }
    />
  );
}

const ICONS: Record<Why, IconNode> = {
  ended: HeartHandshake,
  cancelled: CalendarX2,
  left: LogOut,
  kicked: UserRoundX,
  banned: Ban,
  declined: DoorClosed,
  failed: DoorClosed,
  signedOut: BadgeCheck,
  signInAgain: BadgeCheck,
  expired: Hourglass,
};

const WITHOUT_A_WAY_BACK: ReadonlySet<Why> = new Set(["banned", "signedOut", "signInAgain", "expired"]);

interface ClosedProps {
  why: Why;
  reason: string | null;
  error?: ConveneError;
  /** That of the session, where it is known although the session is not. */
  code?: string;
  /** Null where coming back makes no sense. */
  onRejoin: (() => void) | null;
}

export function ClosedScreen({ why, reason, error, code: known, onRejoin }: ClosedProps) {
  const { account, router } = useClient();
  const room = useContext(RoomContext);
  const session = room?.state.value?.session;
  const { path } = router.place.value;
  const isMember = account.user.value !== null;
  const isOver = why === "ended" || why === "cancelled" || error?.code === "SESSION_OVER";
  const canRejoin = onRejoin && !isOver && !WITHOUT_A_WAY_BACK.has(why) && error?.code !== "SESSION_NOT_FOUND";
  const isRefused = why === "kicked" || why === "declined" || why === "failed";
  const code = known ?? session?.code;
  const lasted = session && why === "ended" ? sessionSeconds(session, serverNow()) : null;

  return (
    <Door
      icon={ICONS[why]}
      title={why === "failed" && error ? error.message : words.closed[why].title}
      hint={why === "failed" ? "" : words.closed[why].hint}
      actions={
        <>
          {canRejoin && (
            <Button look={isRefused ? "secondary" : "primary"} size="large" onClick={onRejoin}>
              {isRefused ? words.actions.retry : words.closed.rejoin}
            </Button>
          )}
          {why === "expired" && code && (
            <Link look="primary" size="large" href={`/join/${code}`}>
              {words.closed.joinAgain}
            </Link>
          )}
          {(why === "signedOut" || why === "signInAgain") && (
            <>
              <Link look="primary" size="large" href={`/sign-in?next=${encodeURIComponent(path)}`}>
                {words.shell.signIn}
              </Link>
              <Link look="secondary" size="large" href={code ? `/join/${code}` : "/join"}>
                {words.closed.withCode}
              </Link>
            </>
          )}
          {isOver && isMember && room && (
            <Link look="primary" size="large" href={`/sessions/${room.id}`}>
              {words.closed.history}
            </Link>
          )}
          {isOver && isMember && (
            <Link look="secondary" size="large" href="/sessions/new">
              {words.closed.another}
            </Link>
          )}
          <Link look={isOver ? "quiet" : "secondary"} size="large" href="/">
            {words.closed.home}
          </Link>
        </>
      }
    >
      {lasted !== null && <p class="quiet">{words.closed.lasted(formatLength(lasted))}</p>}
      {why === "ended" && room && <EndNumbers room={room} />}
      {reason && <p class="door-reason">{words.closed.reason(reason)}</p>}
    </Door>
  );
}

/** What it came to, for those who may know. It is told beside the farewell, so nothing waits for it. */
function EndNumbers({ room }: { room: RoomModel }) {
  const mayKnow = room.permissions.value.has("statistics:view");
  const { data } = useLoad(
    (signal) => (mayKnow ? room.readStatistics(signal) : Promise.resolve(null)),
    [room, mayKnow],
  );
  return data && <p class="quiet">{words.closed.came(data.people, data.messages)}</p>;
}
