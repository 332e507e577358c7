import { CalendarClock, ChartBar, CircleDot, Hand, ListVideo, MessageSquare, Users, type IconNode } from "lucide";
import { useState } from "preact/hooks";

import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { Icon } from "../design/icon";
import { Empty } from "../design/notice";
import { VirtualList } from "../design/virtual_list";
import type { Names } from "../history/sentences";
import { words } from "../words";
import { formatClock } from "../words/format";
import { titleOf } from "./chapter_title";
import { CHAPTER_KINDS, type Chapter, type ChapterKind } from "./chapters";
import type { Player } from "./player";
import { placeOf } from "./track";

const ROW = 44;

export const CHAPTER_ICONS: Record<ChapterKind, IconNode> = {
  session: CalendarClock,
  people: Users,
  hands: Hand,
  chat: MessageSquare,
  polls: ChartBar,
  recordings: CircleDot,
};

interface ChapterDialogProps {
  player: Player;
  chapters: readonly Chapter[];
  names: Names;
  onClose: () => void;
}

/** Everything worth jumping to, as a list. */
export function ChapterDialog({ player, chapters, names, onClose }: ChapterDialogProps) {
  const [kind, setKind] = useState<ChapterKind | null>(null);
  const kinds = CHAPTER_KINDS.filter((each) => chapters.some((chapter) => chapter.kind === each));
  const shown = kind ? chapters.filter((chapter) => chapter.kind === kind) : chapters;
  const now = player.time.peek();
  const current = shown.findLast(({ timeMs }) => timeMs <= now);

  return (
    <Dialog
      title={words.replay.chapters}
      onClose={onClose}
      actions={<Button onClick={onClose}>{words.actions.close}</Button>}
    >
      <div class="filter-chips" role="group" aria-label={words.replay.chapters}>
        {[null, ...kinds].map((each) => (
          <button key={each} type="button" class="chip" aria-pressed={kind === each} onClick={() => setKind(each)}>
            {each ? words.replay.kinds[each] : words.replay.everything}
          </button>
        ))}
      </div>
      {shown.length === 0 ? (
        <Empty icon={ListVideo} title={words.replay.noChapters} />
      ) : (
        <div class="chapters">
          <VirtualList
            items={shown}
            keyOf={(chapter) => String(chapter.index)}
            rowHeight={ROW}
            label={words.replay.chapters}
          >
            {(chapter) => (
              <button
                type="button"
                class="chapter"
                aria-current={chapter === current || undefined}
                onClick={() => {
                  player.seekTime(chapter.timeMs);
                  onClose();
                }}
              >
                <Icon of={CHAPTER_ICONS[chapter.kind]} size={16} />
                <span class="chapter-title">{titleOf(chapter, names)}</span>
                <span class="clock">{formatClock(placeOf(player.whole.peek(), chapter.timeMs) / 1000)}</span>
              </button>
            )}
          </VirtualList>
        </div>
      )}
    </Dialog>
  );
}
