import { Disc } from "lucide";

import { useClient } from "../client";
import type { RecordingView } from "../contract/types";
import { Icon } from "../design/icon";
import { LoadError } from "../design/load_error";
import { Empty, Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { recordingSeconds } from "../room/clock";
import { words } from "../words";
import { formatLength, formatMoment } from "../words/format";

export function RecordingList({ sessionId }: { sessionId: string }) {
  const { rest } = useClient();
  const { data, error, reload } = useLoad(
    async (signal) => (await rest<RecordingView[]>("GET", `/sessions/${sessionId}/recordings`, { signal })).data,
    [sessionId],
  );
  if (error) return <LoadError error={error} onRetry={reload} />;
  if (!data) return <Skeleton lines={3} label={words.history.recordings} />;
  if (data.length === 0) return <Empty icon={Disc} title={words.history.noRecordings} />;
  return (
    <ul class="lines">
      {data.map((recording) => (
        <li key={recording.id} class="line">
          <Icon of={Disc} />
          <div class="line-main">
            <strong>{recording.title}</strong>
            <span class="quiet">
              {formatMoment(recording.started_at)} ·{" "}
              {words.history.recordingLength(formatLength(recordingSeconds(recording, Date.now())))}
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}
