import { Check, EyeOff, LoaderCircle, Radio, WifiOff } from "lucide";
import { useEffect, useState } from "preact/hooks";

import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { useIsOnline } from "../net/use_is_online";
import { words } from "../words";
import { formatTime } from "../words/format";
import { useModeration } from "./moderation";
import { LINK_GRACE_MS, usePart, useRights, useRoom } from "./room";

/** The thin bar that says when the link is lost, and what came meanwhile when it is back. */
export function LinkBar() {
  const { isLinked, caughtUp } = useRoom();
  const isLost = useLasting(!isLinked.value, LINK_GRACE_MS);
  const missed = caughtUp.value;
  return (
    <div class="link-bar" role="status">
      {isLost && <LostBar />}
      {isLinked.value && missed !== null && (
        <p class="bar bar-good">
          <Icon of={Check} size={16} />
          <span>{missed.isMore ? words.room.caughtUpMore(missed.messages) : words.room.caughtUp(missed.messages)}</span>
        </p>
      )}
    </div>
  );
}

function LostBar() {
  const room = useRoom();
  const isOnline = useIsOnline();
  return (
    <div class="bar bar-warning">
      <Icon of={isOnline ? LoaderCircle : WifiOff} size={16} />
      <span>
        {isOnline ? words.room.reconnecting : words.room.offline} {words.room.reconnectingHint}
      </span>
      {isOnline && (
        <Button look="quiet" size="small" class="bar-button" onClick={() => room.tryNow()}>
          {words.room.tryNow}
        </Button>
      )}
    </div>
  );
}

/** Whether something has been so for a while: what is over in a moment should not flash. */
function useLasting(isSo: boolean, afterMs: number): boolean {
  const [hasLasted, setLasted] = useState(false);
  useEffect(() => {
    if (!isSo) {
      setLasted(false);
      return undefined;
    }
    const timer = setTimeout(() => setLasted(true), afterMs);
    return () => clearTimeout(timer);
  }, [isSo, afterMs]);
  return isSo && hasLasted;
}

/** Everybody sees that a recording runs, who began it and when, and that one may go. */
export function RecordingBanner() {
  const recording = usePart((state) => state.recording);
  const starter = usePart(({ participants, recording: now }) => participants[now?.started_by ?? ""]?.display_name);
  return (
    <div role="status">
      {recording && (
        <p class="bar bar-recording">
          <Icon of={Radio} size={16} />
          <span>
            {recording.state === "paused" ? words.recording.bannerPaused : words.recording.banner}{" "}
            <span class="wide-only">
              {starter && words.recording.by(starter)} {words.recording.bannerSince(formatTime(recording.started_at))}{" "}
              {words.recording.bannerMeans}
            </span>
          </span>
        </p>
      )}
    </div>
  );
}

/** Whoever is hidden should know it. */
export function HiddenBar() {
  const { me, rights } = useRights();
  const moderate = useModeration();
  return (
    <div role="status">
      {me.is_hidden && (
        <p class="bar bar-quiet">
          <Icon of={EyeOff} size={16} />
          <span>{words.room.youHidden}</span>
          {rights.permissions.has("participant:set_visibility") && (
            <Button
              size="small"
              look="quiet"
              onClick={() => void moderate(me, { verb: "set_visibility", is_hidden: false })}
            >
              {words.room.showMe}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
