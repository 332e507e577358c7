import {
  ChevronsLeft,
  ChevronsRight,
  EllipsisVertical,
  FastForward,
  Gauge,
  Link as LinkIcon,
  ListVideo,
  Pause,
  Play,
  RotateCcw,
} from "lucide";
import { computed } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";

import { useClient } from "../client";
import { Button, IconButton } from "../design/button";
import { copyText } from "../design/copy_text";
import { Popover, PopoverItem } from "../design/popover";
import { namesIn } from "../history/sentences";
import { NarrowPanelButtons, WidePanelButton } from "../room/controls";
import type { FrameParts } from "../room/room_view";
import { words } from "../words";
import { formatClock, formatExactTime, formatNumber } from "../words/format";
import { ChapterDialog } from "./chapter_dialog";
import { titleOf } from "./chapter_title";
import { chaptersOf } from "./chapters";
import { SPEEDS, type Player } from "./player";
import type { Replay } from "./replay";
import { Scrubber } from "./scrubber";
import { jump } from "./use_playing";

/** What one plays with, in the place of a room's controls. */
export function PlayerBar({ replay, panel, onShow, onHide, isWide, isCovered }: FrameParts & { replay: Replay }) {
  const { player } = replay;
  const [isListing, setListing] = useState(false);
  const copy = useCopyMoment(replay);
  const moments = replay.moments.value;
  const chapters = useMemo(() => chaptersOf(moments), [moments]);
  const names = useMemo(
    () =>
      namesIn(
        moments.map(({ frame }) => frame),
        [],
      ),
    [moments],
  );
  // Only what is read changes the bar: while it plays, the moment is another in every frame.
  const shown = useMemo(
    () => ({
      at: computed(() => formatClock(player.clockS.value)),
      chapter: computed(() => chapters.findLast(({ timeMs }) => timeMs <= player.time.value)),
    }),
    [player, chapters],
  );
  const [at, chapter] = [shown.at.value, shown.chapter.value];

  return (
    <section class="player" inert={isCovered} aria-label={words.replay.controls}>
      <Scrubber player={player} chapters={chapters} names={names} />
      <div class="player-row">
        <PlayButton player={player} />
        <IconButton icon={ChevronsLeft} label={words.replay.previous} onClick={() => jump(replay, -1)} />
        <IconButton icon={ChevronsRight} label={words.replay.next} onClick={() => jump(replay, 1)} />
        <p class="player-time">
          <span class="clock">{words.replay.of(at, formatClock(player.lengthS.value))}</span>
          <time class="quiet" dateTime={new Date(replay.clock.value).toISOString()}>
            {formatExactTime(new Date(replay.clock.value).toISOString())}
          </time>
        </p>
        {isWide && <p class="player-chapter">{chapter && titleOf(chapter, names)}</p>}
        {isWide ? (
          <>
            <Button
              look="quiet"
              icon={FastForward}
              class="player-skip"
              aria-pressed={player.skipsSilence.value}
              onClick={() => player.setSkipping(!player.skipsSilence.value)}
            >
              {words.replay.skip}
            </Button>
            <SpeedMenu player={player} />
            <IconButton icon={ListVideo} label={words.replay.chapters} onClick={() => setListing(true)} />
            <IconButton icon={LinkIcon} label={words.replay.copyLink(at)} onClick={() => void copy()} />
            <WidePanelButton panel={panel} onShow={onShow} onHide={onHide} />
          </>
        ) : (
          <>
            <NarrowPanelButtons onShow={onShow} />
            <MoreMenu player={player} at={at} onChapters={() => setListing(true)} onCopy={() => void copy()} />
          </>
        )}
      </div>
      {isListing && (
        <ChapterDialog player={player} chapters={chapters} names={names} onClose={() => setListing(false)} />
      )}
    </section>
  );
}

function PlayButton({ player }: { player: Player }) {
  const isPlaying = player.isPlaying.value;
  const isAtEnd = player.isAtEnd.value;
  return (
    <IconButton
      class="player-play"
      look="primary"
      icon={isPlaying ? Pause : isAtEnd ? RotateCcw : Play}
      label={isPlaying ? words.replay.pause : isAtEnd ? words.replay.again : words.replay.play}
      onClick={() => player.toggle()}
    />
  );
}

function SpeedMenu({ player }: { player: Player }) {
  return (
    <Popover
      label={words.replay.atSpeed(formatNumber(player.speed.value))}
      icon={Gauge}
      side="above"
      class="button-quiet button-normal player-speed"
      text
    >
      {(close) => <SpeedItems player={player} close={close} />}
    </Popover>
  );
}

function SpeedItems({ player, close }: { player: Player; close: () => void }) {
  return (
    <>
      {SPEEDS.map((speed) => (
        <PopoverItem
          key={speed}
          pressed={speed === player.speed.value}
          onChoose={() => {
            close();
            player.setSpeed(speed);
          }}
        >
          {words.replay.times(formatNumber(speed))}
        </PopoverItem>
      ))}
    </>
  );
}

interface MoreMenuProps {
  player: Player;
  at: string;
  onChapters: () => void;
  onCopy: () => void;
}

function MoreMenu({ player, at, onChapters, onCopy }: MoreMenuProps) {
  return (
    <Popover label={words.replay.more} icon={EllipsisVertical} side="above">
      {(close) => (
        <>
          <PopoverItem icon={ListVideo} onChoose={() => (close(), onChapters())}>
            {words.replay.chapters}
          </PopoverItem>
          <PopoverItem icon={LinkIcon} onChoose={() => (close(), onCopy())}>
            {words.replay.copyLink(at)}
          </PopoverItem>
          <PopoverItem
            icon={FastForward}
            pressed={player.skipsSilence.value}
            onChoose={() => (close(), player.setSkipping(!player.skipsSilence.value))}
          >
            {words.replay.skip}
          </PopoverItem>
          <div class="player-speeds" role="group" aria-label={words.replay.speed}>
            <SpeedItems player={player} close={close} />
          </div>
        </>
      )}
    </Popover>
  );
}

/** Puts a link to the moment one is at where it can be pasted. */
function useCopyMoment(replay: Replay): () => Promise<void> {
  const { toasts, router } = useClient();
  return async () => {
    const seconds = Math.floor(replay.player.clockS.peek());
    const query = new URLSearchParams({ at: String(seconds) });
    const recording = router.place.peek().query.get("recording");
    if (recording) query.set("recording", recording);
    const address = `${location.origin}/sessions/${replay.id}/replay?${query.toString()}`;
    await copyText(address, toasts, () => words.replay.linkCopied(formatClock(seconds)));
  };
}
