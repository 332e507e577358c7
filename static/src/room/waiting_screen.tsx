import { BellRing, MessageSquare } from "lucide";
import { useState } from "preact/hooks";

import type { PreviewSession, SessionStatus } from "../contract/types";
import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { Badge } from "../design/notice";
import { startsIn } from "../join/preview_card";
import { useTitle } from "../shell/page";
import { words } from "../words";
import { formatMoment, formatTime } from "../words/format";
import { LinkBar } from "./banners";
import { callingNow, setCalling } from "./call_in";
import { useNow } from "./clock";
import { Door } from "./door";
import { useRoom, type Heard } from "./room";

/** In line, until a host opens the door: that happens by itself. */
export function WaitingScreen() {
  const room = useRoom();
  const { position, session, messages } = room.waiting.value;
  // Where nobody has to be admitted, it is the session that is waited for.
  const comesIn = session !== null && !session.requires_approval;
  const place = position === null || comesIn ? words.waiting.title : words.waiting.position(position);
  useTitle(session ? `${place} · ${session.title}` : place);
  return (
    <>
      <LinkBar />
      <Door
        title={words.waiting.title}
        hint={comesIn ? words.waiting.byItself : words.waiting.hint}
        actions={
          <>
            <CallMe />
            <Button size="large" onClick={() => void room.leave()}>
              {words.waiting.leave}
            </Button>
          </>
        }
      >
        <div class="waiting-pulse" aria-hidden="true">
          <span />
          <span />
          <span />
        </div>
        {session && <Session session={session} />}
        <p class="waiting-place" role="status">
          {position !== null && !comesIn && words.waiting.position(position)}
        </p>
        <div class="waiting-messages" aria-live="polite">
          {messages.map((heard, i) => (
            <Message key={i} heard={heard} />
          ))}
        </div>
      </Door>
    </>
  );
}

function Session({ session }: { session: PreviewSession }) {
  const now = useNow(1_000);
  return (
    <div class="waiting-session">
      <strong>{session.title}</strong>
      <span class="quiet">{words.join.host(session.host_name)}</span>
      {session.start_time && session.status === "scheduled" && (
        <span class="quiet">
          {formatMoment(session.start_time)} · {startsIn(session.start_time, now)}
        </span>
      )}
      <span class="waiting-status" role="status">
        <Badge tone={session.status}>{words.statuses[session.status]}</Badge>
        <span>{standing(session.status)}</span>
      </span>
    </div>
  );
}

function standing(status: SessionStatus): string {
  if (status === "active") return words.waiting.begun;
  return status === "paused" ? words.waiting.paused : words.waiting.notBegun;
}

function Message({ heard: { text, from, at } }: { heard: Heard }) {
  return (
    <div class="waiting-message">
      <Icon of={MessageSquare} size={16} />
      <div>
        <p class="quiet">
          {from ?? words.waiting.from} · <time dateTime={at}>{formatTime(at)}</time>
        </p>
        <p>{text}</p>
      </div>
    </div>
  );
}

/** For those who do something else meanwhile. */
function CallMe() {
  const [calling, setState] = useState(callingNow);
  if (calling === "refused") return null;
  return (
    <Button
      size="large"
      icon={BellRing}
      aria-pressed={calling === "on"}
      onClick={() => void setCalling(calling === "off").then(setState)}
    >
      {calling === "on" ? words.waiting.called : words.waiting.callMe}
    </Button>
  );
}
