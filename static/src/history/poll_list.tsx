import { ChartBar } from "lucide";

import { useClient } from "../client";
import type { OwnPollView } from "../contract/types";
import { LoadError } from "../design/load_error";
import { Empty, Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { Results } from "../room/poll_card";
import { words } from "../words";
import { formatMoment } from "../words/format";

const LIMIT = 100;

/** What was asked, and what came of it. */
export function PollList({ sessionId }: { sessionId: string }) {
  const { rest } = useClient();
  const { data, error, reload } = useLoad(
    async (signal) =>
      (await rest<OwnPollView[]>("GET", `/sessions/${sessionId}/polls`, { query: { limit: LIMIT }, signal })).data,
    [sessionId],
  );
  if (error) return <LoadError error={error} onRetry={reload} />;
  if (!data) return <Skeleton lines={3} label={words.history.polls} />;
  if (data.length === 0) return <Empty icon={ChartBar} title={words.history.noPolls} />;
  return (
    <div class="poll-history">
      {data.map((poll) => (
        <article key={poll.id} class="poll">
          <h2>{poll.question}</h2>
          <Results poll={poll} mine={poll.my_choices ?? []} />
          <p class="quiet">
            {words.polls.voters(poll.voters)} · {formatMoment(poll.created_at)}
            {poll.closed_at && ` · ${words.polls.closed}`}
          </p>
        </article>
      ))}
    </div>
  );
}
