import { MessageSquare } from "lucide";

import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { startsIn } from "../join/preview_card";
import { words } from "../words";
import { formatMoment } from "../words/format";
import { LinkBar } from "./banners";
import { useNow } from "./clock";
import { Door } from "./door";
import { useRoom } from "./room";

/** In line, until a host opens the door: that happens by itself. */
export function WaitingScreen() {
  const room = useRoom();
  const { position, session, messages } = room.waiting.value;
  const now = useNow(30_000);
  return (
    <>
      <LinkBar />
      <Door
        title={words.waiting.title}
        hint={words.waiting.hint}
        actions={
          <Button size="large" onClick={() => void room.leave()}>
            {words.waiting.leave}
          </Button>
        }
      >
        <div class="waiting-pulse" aria-hidden="true">
          <span />
          <span />
          <span />
        </div>
        {session && (
          <p class="waiting-session">
            <strong>{session.title}</strong>
            <span class="quiet">{words.join.host(session.host_name)}</span>
            {session.start_time && session.status === "scheduled" && (
              <span class="quiet">
                {formatMoment(session.start_time)} · {startsIn(session.start_time, now)}
              </span>
            )}
          </p>
        )}
        <p class="waiting-place" role="status">
          {position !== null && words.waiting.position(position)}
        </p>
        <div class="waiting-messages" aria-live="polite">
          {messages.map((text, i) => (
            <p key={i} class="waiting-message">
              <Icon of={MessageSquare} size={16} label={words.waiting.from} />
              <span>{text}</span>
            </p>
          ))}
        </div>
      </Door>
    </>
  );
}
