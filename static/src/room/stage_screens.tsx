import { Copy, Play } from "lucide";

import { useClient } from "../client";
import { Button } from "../design/button";
import { copyLink } from "../sessions/copy_link";
import { startsIn } from "../join/preview_card";
import { words } from "../words";
import { formatMoment } from "../words/format";
import { useNow } from "./clock";
import { useInside } from "./room";

/** What stands on the stage when the session does not run, or when one is alone. */
export function StageScreen() {
  const { state } = useInside();
  if (state.session.status === "paused") return <PausedScreen />;
  if (state.session.status !== "active") return <BeforeScreen />;
  const isAlone = state.present === 1 && Object.keys(state.waiting).length === 0;
  return isAlone ? <AloneScreen /> : null;
}

function BeforeScreen() {
  const { room, state, rights } = useInside();
  const { start_time } = state.session;
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

function PausedScreen() {
  const { room, rights } = useInside();
  const mayResume = rights.permissions.has("session:resume");
  return (
    <div class="stage-screen stage-paused">
      <div>
        <h2>{words.room.pausedTitle}</h2>
        <p>{mayResume ? words.room.pausedHintHost : words.room.pausedHint}</p>
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
  const { state } = useInside();
  return (
    <div class="stage-screen">
      <div>
        <h2>{words.room.alone}</h2>
        <p>{words.room.aloneHint}</p>
      </div>
      <Button icon={Copy} onClick={() => void copyLink(state.session.code, toasts)}>
        {words.actions.copyLink}
      </Button>
    </div>
  );
}
