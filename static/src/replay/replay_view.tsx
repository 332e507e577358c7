import { ArrowLeft, History, LoaderCircle, FastForward, Play, RotateCcw } from "lucide";

import { Link } from "../design/button";
import { Icon } from "../design/icon";
import { RoomFacts, RoomTitle } from "../room/header";
import { RoomFrame } from "../room/room_view";
import { words } from "../words";
import { formatLength } from "../words/format";
import { PlayerBar } from "./player_bar";
import type { Player } from "./player";
import type { Replay } from "./replay";
import { useKeys, usePlaying } from "./use_playing";

/** The room as it was, with a player in the place of its controls. */
export function ReplayView({ replay }: { replay: Replay }) {
  usePlaying(replay);
  useKeys(replay);
  return (
    <RoomFrame
      head={<ReplayHeader sessionId={replay.id} />}
      foot={(parts) => (
        <>
          <StageOverlay player={replay.player} />
          <PlayerBar replay={replay} {...parts} />
        </>
      )}
    />
  );
}

function ReplayHeader({ sessionId }: { sessionId: string }) {
  return (
    <header class="room-head replay-head">
      <Link
        href={`/sessions/${sessionId}`}
        look="quiet"
        class="icon-button"
        icon={ArrowLeft}
        aria-label={words.replay.back}
      />
      <RoomTitle />
      <span class="pill pill-scheduled replay-badge">
        <Icon of={History} size={16} />
        {words.replay.badge}
      </span>
      <div class="room-facts">
        <RoomFacts />
      </div>
    </header>
  );
}

/** Over the stage: the large button before and after, and what is left out or awaited meanwhile. */
function StageOverlay({ player }: { player: Player }) {
  const isPlaying = player.isPlaying.value;
  const silence = player.silence.value;
  const isAtEnd = player.isAtEnd.value;
  const isAtRest = !isPlaying && (player.place.value === 0 || isAtEnd);
  return (
    <div class="replay-over">
      {isAtRest && (
        <button type="button" class="replay-start" onClick={() => player.toggle()}>
          <Icon of={isAtEnd ? RotateCcw : Play} size={32} />
          <span>{isAtEnd ? words.replay.again : words.replay.play}</span>
        </button>
      )}
      <p class="replay-note" role="status">
        {isPlaying && silence && (
          <span class="replay-chip">
            <Icon of={FastForward} size={16} />
            {words.replay.skipped(formatLength((silence.to - silence.from) / 1000))}
          </span>
        )}
        {player.isWaiting.value && (
          <span class="replay-chip replay-chip-busy">
            <Icon of={LoaderCircle} size={16} />
            {words.replay.waiting}
          </span>
        )}
      </p>
    </div>
  );
}
