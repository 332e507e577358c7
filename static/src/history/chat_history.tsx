import { Download, MessageCircle, SearchX } from "lucide";
import { useEffect, useState } from "preact/hooks";

import { useClient } from "../client";
import type { MessageView } from "../contract/types";
import { Button } from "../design/button";
import { TextField } from "../design/field";
import { LoadError } from "../design/load_error";
import { Empty, Skeleton } from "../design/notice";
import { Popover, PopoverItem } from "../design/popover";
import type { Rest } from "../net/rest";
import { EMPTY_LOG, withOlder, type ChatLog } from "../room/chat_log";
import { rowsOf } from "../room/chat_rows";
import { MessageLine } from "../room/message_line";
import { words } from "../words";
import { dayNumber, formatDay } from "../words/format";
import { exported, fileName, MIME, type ExportFormat } from "./chat_export";
import { nameOf } from "../words/person_name";

const PAGE = 50;
const WHOLE_PAGE = 100;

const readPage = async (rest: Rest, id: string, before: number | undefined, limit: number): Promise<MessageView[]> =>
  (await rest<MessageView[]>("GET", `/sessions/${id}/messages`, { query: { before, limit } })).data;

/** All there is, from the first message on. */
async function readAll(rest: Rest, id: string): Promise<ChatLog> {
  let log = EMPTY_LOG;
  while (!log.isComplete) {
    log = withOlder(log, await readPage(rest, id, log.messages[0]?.seq, WHOLE_PAGE), WHOLE_PAGE);
  }
  return log;
}

/** What was written: newest page first, older ones on request; all of it as soon as one searches or takes it away. */
export function ChatHistory({ sessionId, title }: { sessionId: string; title: string }) {
  const { rest, toasts } = useClient();
  const [log, setLog] = useState<ChatLog>(EMPTY_LOG);
  const [isLoading, setLoading] = useState(true);
  const [error, setError] = useState<Error | null>(null);
  const [search, setSearch] = useState("");

  async function load(next: () => Promise<ChatLog>): Promise<void> {
    setLoading(true);
    setError(null);
    try {
      setLog(await next());
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
    setLoading(false);
  }
  const older = (): Promise<void> =>
    load(async () => withOlder(log, await readPage(rest, sessionId, log.messages[0]?.seq, PAGE), PAGE));

  useEffect(() => void older(), [sessionId]);

  async function save(format: ExportFormat): Promise<void> {
    try {
      const { messages } = await readAll(rest, sessionId);
      saveAs(fileName(title, format), exported(messages, format), MIME[format]);
    } catch (problem) {
      toasts.complain(problem);
    }
  }

  function look(text: string): void {
    setSearch(text);
    if (text && !log.isComplete && !isLoading) void load(() => readAll(rest, sessionId));
  }

  if (error) return <LoadError error={error} onRetry={() => void older()} />;
  if (isLoading && log.messages.length === 0) return <Skeleton lines={5} label={words.history.chat} />;
  if (log.messages.length === 0) return <Empty icon={MessageCircle} title={words.history.noMessages} />;
  const wanted = search.trim().toLocaleLowerCase();
  const shown = wanted
    ? log.messages.filter((each) => `${nameOf(each)} ${each.text}`.toLocaleLowerCase().includes(wanted))
    : log.messages;
  const rows = rowsOf({ messages: shown, outbox: [], newSince: null, dayOf: dayNumber });
  return (
    <>
      <div class="history-tools history-tools-row">
        <TextField
          label={words.history.search}
          hideLabel
          type="search"
          placeholder={words.history.search}
          autoComplete="off"
          value={search}
          onText={look}
        />
        <Popover label={words.history.download} icon={Download} class="button-secondary button-normal" text>
          {(close) => (
            <>
              {(["txt", "csv", "json"] as const).map((format) => (
                <PopoverItem key={format} onChoose={() => (close(), void save(format))}>
                  {{ txt: words.history.asText, csv: words.history.asCsv, json: words.history.asJson }[format]}
                </PopoverItem>
              ))}
            </>
          )}
        </Popover>
      </div>
      {!log.isComplete && (
        <Button size="small" busy={isLoading} onClick={() => void older()}>
          {words.chat.older}
        </Button>
      )}
      {shown.length === 0 && <Empty icon={SearchX} title={words.history.noMatch} />}
      <ol class="chat-history">
        {rows.map((row) => (
          <li key={row.key}>
            {row.kind === "day" && (
              <p class="chat-day">
                <span>{formatDay(row.at)}</span>
              </p>
            )}
            {row.kind === "message" && (
              <MessageLine
                message={row.message}
                answered={log.messages.find((each) => each.id === row.message.reply_to) ?? null}
                isContinued={row.isContinued}
                me={null}
              />
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function saveAs(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the browser has only begun to fetch it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
