import { useMemo, useState } from "preact/hooks";

import type { Names } from "../history/sentences";
import { words } from "../words";
import { formatClock, formatExactTime } from "../words/format";
import { titleOf } from "./chapter_title";
import { type Chapter, type ChapterKind } from "./chapters";
import type { Player } from "./player";
import { placeOf, timeAt, type Track } from "./track";

/** More marks than this could not be told apart. */
const MOST_MARKS = 160;
/** Half of what one drags, as in styles/replay.css: the ends of the track are that far inside. */
const THUMB_PX = 8;

interface ScrubberProps {
  player: Player;
  chapters: readonly Chapter[];
  names: Names;
}

interface Mark {
  kind: ChapterKind;
  at: number;
}

/** Where one is, and where things happened; the marks are for the eye, the chapters are also a list. */
export function Scrubber({ player, chapters, names }: ScrubberProps) {
  const track = player.track.value;
  const [pointed, setPointed] = useState<number | null>(null);
  const share = track.length > 0 ? player.place.value / track.length : 0;
  // Drawn once, not in every frame.
  const fixed = useMemo(() => <Marks chapters={chapters} track={track} />, [chapters, track]);

  function point(event: PointerEvent): void {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const at = (event.clientX - box.left - THUMB_PX) / (box.width - 2 * THUMB_PX);
    setPointed(Math.max(0, Math.min(1, getComputedStyle(document.body).direction === "rtl" ? 1 - at : at)));
  }

  return (
    <div class="scrubber" onPointerMove={point} onPointerLeave={() => setPointed(null)}>
      <div class="scrubber-track" aria-hidden="true">
        <span class="scrubber-done" style={{ inlineSize: `${share * 100}%` }} />
        {fixed}
        <span class="scrubber-thumb" style={{ insetInlineStart: `${share * 100}%` }} />
        {pointed !== null && <Tip player={player} chapters={chapters} names={names} share={pointed} />}
      </div>
      <input
        type="range"
        class="scrubber-input"
        min={0}
        max={Math.round(track.length)}
        step={100}
        value={Math.round(player.place.value)}
        aria-label={words.replay.timeline}
        aria-valuetext={words.replay.position(
          formatClock(player.clockS.value),
          formatClock(player.lengthS.value),
          formatExactTime(new Date(player.time.value).toISOString()),
        )}
        onInput={(event) => player.seek(Number(event.currentTarget.value))}
      />
    </div>
  );
}

function Marks({ chapters, track }: { chapters: readonly Chapter[]; track: Track }) {
  const percent = (place: number): string => `${track.length > 0 ? (place / track.length) * 100 : 0}%`;
  return (
    <>
      {track.pieces
        .filter((piece) => piece.isSilence)
        .map(({ from, start, length }) => (
          <span
            key={from}
            class="scrubber-silence"
            style={{ insetInlineStart: percent(start), inlineSize: percent(length) }}
          />
        ))}
      {marksOf(chapters, (time) => (track.length > 0 ? placeOf(track, time) / track.length : 0)).map(({ kind, at }) => (
        <span key={`${kind} ${at}`} class={`mark mark-${kind}`} style={{ insetInlineStart: `${at * 100}%` }} />
      ))}
    </>
  );
}

/** What is where one points. */
function Tip({ player, chapters, names, share }: ScrubberProps & { share: number }) {
  const track = player.track.value;
  const time = timeAt(track, share * track.length);
  const near = (track.length / 100) * 1.5;
  const chapter = chapters.findLast((each) => each.timeMs <= time + near);
  return (
    <span class="scrubber-tip" style={{ insetInlineStart: `clamp(90px, ${share * 100}%, calc(100% - 90px))` }}>
      {chapter && <span class="scrubber-tip-title">{titleOf(chapter, names)}</span>}
      <span>{formatClock(placeOf(player.whole.value, time) / 1000)}</span>
    </span>
  );
}

/** One mark for each kind and place that can be told apart. */
function marksOf(chapters: readonly Chapter[], shareOf: (timeMs: number) => number): Mark[] {
  const found = new Map<string, Mark>();
  for (const { kind, timeMs } of chapters) {
    const at = Math.round(shareOf(timeMs) * MOST_MARKS) / MOST_MARKS;
    found.set(`${kind} ${at}`, { kind, at });
  }
  return [...found.values()];
}
