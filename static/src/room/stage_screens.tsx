import { Copy, Play } from "lucide";
import { useLayoutEffect, useRef } from "preact/hooks";

import { useClient } from "../client";
import { Button } from "../design/button";
import { copyLink } from "../sessions/copy_link";
import { startsIn } from "../join/preview_card";
import { isWriting } from "../shell/keys";
import { words } from "../words";
import { formatMoment } from "../words/format";
import { useNow } from "./clock";
import { usePart, useRights, useRoom } from "./room";

/** What stands on the stage when the session does not run, or when one is alone. */
export function StageScreen() {
  const { me } = useRights();
  const status = usePart(({ session }) => session.status);
  const isNobodyElse = usePart(({ present, waiting }) => present === 1 && Object.keys(waiting).length === 0);
  if (status === "paused") return <PausedScreen />;
  if (status === "ended") return <OverScreen title={words.closed.ended.title} />;
  if (status === "cancelled") return <OverScreen title={words.closed.cancelled.title} />;
  if (status !== "active") return <BeforeScreen />;
  const isAlone = me.is_present && isNobodyElse;
  return isAlone ? <AloneScreen /> : null;
}

function BeforeScreen() {
  const room = useRoom();
  const { rights } = useRights();
  const { start_time } = usePart(({ session }) => session);
  const mayStart = rights.permissions.has("session:start");
  const now = useNow(10_000);
  return (
    <div class="stage-screen">
      <div>
        <h2>{words.room.notStarted}</h2>
        <p>
          {start_time
            ? `${words.room.startsAt(formatMoment(start_time))} · ${startsIn(start_time, now)}`
            : mayStart
              ? words.room.youStart
              : words.room.startsWhenHost}
        </p>
      </div>
      {mayStart && (
        <Button look="primary" size="large" icon={Play} onClick={() => void room.start()}>
          {words.room.start}
        </Button>
      )}
    </div>
  );
}

function OverScreen({ title }: { title: string }) {
  const session = usePart((state) => state.session);
  return (
    <div class="stage-screen">
      <div>
        <h2>{title}</h2>
        {session.cancel_reason && <p>{words.closed.reason(session.cancel_reason)}</p>}
      </div>
    </div>
  );
}

function PausedScreen() {
  const { me, rights } = useRights();
  const room = useRoom();
  const mayResume = rights.permissions.has("session:resume");
  const pauser = room.doers.value.get("pause") ?? "";
  const by = usePart((state) => state.participants)[pauser]?.display_name;
  const screen = useRef<HTMLDivElement>(null);
  // The button that paused is gone: this one has taken its place, not whatever stood beside it.
  useLayoutEffect(() => {
    const isMine = mayResume && pauser === me.id && !isWriting(document.activeElement);
    if (isMine) screen.current?.querySelector("button")?.focus();
  }, []);
  return (
    <div ref={screen} class="stage-screen stage-paused">
      <div>
        <h2>{by ? words.room.pausedBy(by) : words.room.pausedTitle}</h2>
        {mayResume ? (
          <p>{words.room.pausedHintHost}</p>
        ) : (
          <p>
            {words.room.pausedHint} {words.room.pausedChat}
          </p>
        )}
      </div>
      {mayResume && (
        <Button look="primary" size="large" icon={Play} onClick={() => void room.order("session:resume")}>
          {words.room.resume}
        </Button>
      )}
    </div>
  );
}

function AloneScreen() {
  const { toasts } = useClient();
  const code = usePart(({ session }) => session.code);
  return (
    <div class="stage-screen">
      <div>
        <h2>{words.room.alone}</h2>
        <p>{words.room.aloneHint}</p>
      </div>
      <Button icon={Copy} onClick={() => void copyLink(code, toasts)}>
        {words.actions.copyLink}
      </Button>
    </div>
  );
}
