import { Film } from "lucide";

import { useClient } from "../client";
import { Link } from "../design/button";
import { LoadError } from "../design/load_error";
import { Empty, Skeleton } from "../design/notice";
import { Announcer } from "../room/announcer";
import { ClockContext } from "../room/clock";
import { RoomContext } from "../room/room";
import { useTitle } from "../shell/page";
import { words } from "../words";
import type { Replay } from "./replay";
import { ReplayView } from "./replay_view";
import { useReplay, type Start } from "./use_replay";

/** A session, played again from its log: `?at=` seconds of it, `?seq=` an event, `?recording=` only what that holds. */
export function ReplayPage({ id }: { id: string }) {
  const { router } = useClient();
  const { replay, error, retry } = useReplay(id, startIn(router.place.value.query));
  if (error) {
    return (
      <main id="content" class="replay-alone">
        <LoadError error={error} onRetry={retry} />
      </main>
    );
  }
  if (!replay) {
    return (
      <main id="content" class="replay-alone">
        <Skeleton lines={4} label={words.replay.loading} />
      </main>
    );
  }
  return <Watching replay={replay} />;
}

function Watching({ replay }: { replay: Replay }) {
  const title = replay.state.value?.session.title ?? "";
  useTitle(words.replay.title(title));
  const { spans, isLoading } = replay.player.source.value;
  if (spans.length === 0 && !isLoading) {
    return (
      <main id="content" class="replay-alone">
        <Empty icon={Film} isPage title={words.replay.emptyTitle} hint={words.replay.emptyHint}>
          <Link href={`/sessions/${replay.id}`} look="primary">
            {words.replay.back}
          </Link>
        </Empty>
      </main>
    );
  }
  return (
    <RoomContext.Provider value={replay}>
      <ClockContext.Provider value={replay.clock}>
        <ReplayView replay={replay} />
        <Announcer />
      </ClockContext.Provider>
    </RoomContext.Provider>
  );
}

function startIn(query: URLSearchParams): Start {
  const number = (name: string): number | null => {
    const value = Number(query.get(name) ?? NaN);
    return Number.isFinite(value) && value >= 0 ? value : null;
  };
  return { recordingId: query.get("recording"), at: number("at"), seq: number("seq") };
}
