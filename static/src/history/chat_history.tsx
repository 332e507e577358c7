import { MessageCircle } from "lucide";
import { useEffect, useState } from "preact/hooks";

import { useClient } from "../client";
import type { MessageView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { Button } from "../design/button";
import { LoadError } from "../design/load_error";
import { Empty, Skeleton } from "../design/notice";
import { EMPTY_LOG, withOlder, type ChatLog } from "../room/chat_log";
import { words } from "../words";
import { formatMoment } from "../words/format";

const PAGE = 50;

/** What was written, newest page first, older ones on request. */
export function ChatHistory({ sessionId }: { sessionId: string }) {
  const { rest } = useClient();
  const [log, setLog] = useState<ChatLog>(EMPTY_LOG);
  const [isLoading, setLoading] = useState(true);
  const [error, setError] = useState<Error | null>(null);

  async function load(): Promise<void> {
    setLoading(true);
    setError(null);
    try {
      const query = { before: log.messages[0]?.seq, limit: PAGE };
      const { data } = await rest<MessageView[]>("GET", `/sessions/${sessionId}/messages`, { query });
      setLog(withOlder(log, data, PAGE));
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
    setLoading(false);
  }

  useEffect(() => void load(), [sessionId]);

  if (error) return <LoadError error={error} onRetry={() => void load()} />;
  if (isLoading && log.messages.length === 0) return <Skeleton lines={5} label={words.history.chat} />;
  if (log.messages.length === 0) return <Empty icon={MessageCircle} title={words.history.noMessages} />;
  return (
    <>
      {!log.isComplete && (
        <Button size="small" busy={isLoading} onClick={() => void load()}>
          {words.chat.older}
        </Button>
      )}
      <ul class="lines">
        {log.messages.map((message) => (
          <li key={message.id} class="line line-top">
            <Avatar id={message.participant_id} name={message.display_name} size="small" />
            <div class="line-main">
              <p class="message-head">
                <strong>{message.display_name}</strong>
                <time dateTime={message.sent_at}>{formatMoment(message.sent_at)}</time>
              </p>
              <p class={`message-text ${message.deleted_at ? "message-deleted" : ""}`}>
                {message.deleted_at ? words.chat.deleted : message.text}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
