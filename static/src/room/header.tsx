import { Copy, Lock, Users, Wifi, WifiOff } from "lucide";

import { useClient } from "../client";
import { Icon } from "../design/icon";
import { Badge } from "../design/notice";
import { copyLink } from "../sessions/copy_link";
import { useFocusOnArrival } from "../shell/page";
import { words } from "../words";
import { formatClock, formatNumber } from "../words/format";
import { recordingSeconds, sessionSeconds, useNow } from "./clock";
import { usePart, useRoom } from "./room";

export function RoomHeader() {
  const { toasts } = useClient();
  const room = useRoom();
  const session = usePart((state) => state.session);
  const isLinked = room.isLinked.value;

  return (
    <header class="room-head">
      <RoomTitle />
      <div class="room-facts">
        <RoomFacts />
        <span class={`room-link ${isLinked ? "" : "room-link-lost"}`}>
          <Icon
            of={isLinked ? Wifi : WifiOff}
            size={16}
            label={isLinked ? words.room.connected : words.room.reconnecting}
          />
        </span>
        <button
          type="button"
          class="button button-quiet button-small code-button"
          aria-label={words.room.copyCode(session.code)}
          onClick={() => void copyLink(session.code, toasts)}
        >
          <span class="code">{session.code}</span>
          <Icon of={Copy} size={16} />
        </button>
      </div>
    </header>
  );
}

export function RoomTitle() {
  const session = usePart((state) => state.session);
  const heading = useFocusOnArrival();
  return (
    <div class="room-title">
      <h1 ref={heading} tabIndex={-1} title={session.title}>
        {session.title}
      </h1>
      {session.is_locked && (
        <span class="pill" title={words.room.lockedHint}>
          <Icon of={Lock} size={16} />
          <span class="wide-only">{words.room.locked}</span>
          <span class="sr-only">{words.room.lockedHint}</span>
        </span>
      )}
    </div>
  );
}

/** What runs, for how long, and how many are in. */
export function RoomFacts() {
  const session = usePart((state) => state.session);
  const recording = usePart((state) => state.recording);
  const present = usePart((state) => state.present);
  const now = useNow(1_000);
  const running = sessionSeconds(session, now);
  return (
    <>
      {recording && (
        <span class={`recording-chip recording-${recording.state}`}>
          <span class="recording-dot" aria-hidden="true" />
          <span class="wide-only">{recording.state === "paused" ? words.recording.paused : words.recording.on}</span>
          <span class="clock">{formatClock(recordingSeconds(recording, now))}</span>
        </span>
      )}
      <Badge tone={session.status}>
        {words.statuses[session.status]}
        {running !== null && (
          <span class="clock" role="timer" aria-label={words.room.running}>
            {formatClock(running)}
          </span>
        )}
      </Badge>
      <span class="room-count" title={words.room.people(present)}>
        <Icon of={Users} size={16} />
        <span aria-hidden="true">{formatNumber(present)}</span>
        <span class="sr-only">{words.room.people(present)}</span>
      </span>
    </>
  );
}
