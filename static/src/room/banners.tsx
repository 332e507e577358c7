import { Check, LoaderCircle, Radio } from "lucide";

import { Icon } from "../design/icon";
import { words } from "../words";
import { useRoom } from "./room";

/** The thin bar that says when the link is lost, and what came meanwhile when it is back. */
export function LinkBar() {
  const { isLinked, caughtUp } = useRoom();
  const missed = caughtUp.value;
  return (
    <div class="link-bar" role="status">
      {!isLinked.value && (
        <p class="bar bar-warning">
          <Icon of={LoaderCircle} size={16} />
          <span>
            {words.room.reconnecting} {words.room.reconnectingHint}
          </span>
        </p>
      )}
      {isLinked.value && missed !== null && (
        <p class="bar bar-good">
          <Icon of={Check} size={16} />
          <span>{words.room.caughtUp(missed)}</span>
        </p>
      )}
    </div>
  );
}

/** Everybody sees that a recording runs, and who began it. */
export function RecordingBanner() {
  const { state } = useRoom();
  const recording = state.value?.recording;
  const starter = recording?.started_by ? state.value?.participants[recording.started_by]?.display_name : undefined;
  return (
    <div role="status">
      {recording && (
        <p class="bar bar-recording">
          <Icon of={Radio} size={16} />
          <span>
            {recording.state === "paused" ? words.recording.bannerPaused : words.recording.banner}{" "}
            {starter && words.recording.by(starter)}
          </span>
        </p>
      )}
    </div>
  );
}
