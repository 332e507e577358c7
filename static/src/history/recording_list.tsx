import { Disc, Play } from "lucide";

import { useClient } from "../client";
import type { RecordingView } from "../contract/types";
import { Link } from "../design/button";
import { Icon } from "../design/icon";
import { LoadError } from "../design/load_error";
import { Badge, Empty, Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { recordingSeconds } from "../room/clock";
import { serverNow } from "../net/server_clock";
import { words } from "../words";
import { formatLength, formatMoment, formatTime } from "../words/format";
import { namesIn } from "./sentences";
import type { Log } from "./use_log";

/** What was recorded: by whom, from when to when, with how many pauses, and how to watch it. */
export function RecordingList({ sessionId, log }: { sessionId: string; log: Log }) {
  const { rest } = useClient();
  const { data, error, reload } = useLoad(
    async (signal) => (await rest<RecordingView[]>("GET", `/sessions/${sessionId}/recordings`, { signal })).data,
    [sessionId],
  );
  if (error) return <LoadError error={error} onRetry={reload} />;
  if (!data) return <Skeleton lines={3} label={words.history.recordings} />;
  if (data.length === 0) return <Empty icon={Disc} title={words.history.noRecordings} />;
  const names = namesIn(log.frames, []);
  return (
    <ul class="lines">
      {data.map((recording) => {
        const { id, title, started_at, stopped_at, started_by } = recording;
        const pauses = log.frames.filter(
          (frame) => frame.type === "recording:paused" && frame.data.recording_id === id,
        ).length;
        const name = started_by ? names.get(started_by) : undefined;
        const facts = [
          stopped_at ? words.time.from(formatMoment(started_at), formatTime(stopped_at)) : formatMoment(started_at),
          words.history.recordingLength(formatLength(recordingSeconds(recording, serverNow()))),
          ...(pauses ? [words.history.pauses(pauses)] : []),
          ...(name ? [words.history.by(name)] : []),
        ];
        return (
          <li key={id} class="line">
            <Icon of={Disc} />
            <div class="line-main">
              <strong>{title}</strong>
              <span class="quiet">{facts.join(" · ")}</span>
            </div>
            {!stopped_at && <Badge tone="active">{words.history.running}</Badge>}
            <Link
              href={`/sessions/${sessionId}/replay?recording=${id}`}
              size="small"
              look="secondary"
              icon={Play}
              aria-label={`${words.replay.play}: ${title}`}
            >
              {words.replay.play}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
