import { Activity, Play, RefreshCw, SearchX } from "lucide";
import { useMemo, useState } from "preact/hooks";

import type { ParticipantView } from "../contract/types";
import { Button, Link } from "../design/button";
import { TextField } from "../design/field";
import { Icon } from "../design/icon";
import { LoadError } from "../design/load_error";
import { useIsWide } from "../design/media";
import { Empty, Skeleton } from "../design/notice";
import { VirtualList } from "../design/virtual_list";
import { CHAPTER_ICONS } from "../replay/chapter_dialog";
import { words } from "../words";
import { formatExactTime } from "../words/format";
import { LINE_KINDS, lineKindOf, linesOf, type Line, type LineKind } from "./lines";
import { namesIn } from "./sentences";
import type { Log } from "./use_log";
import { usePeople } from "./use_people";
import { nameOf } from "../words/person_name";

/** Pixels, as in styles/history.css. */
const ROW = 40;
const NARROW_ROW = 60;

/** The session's log as lines, which one can narrow down and search, and from each of which one can watch. */
export function Timeline({ sessionId, log }: { sessionId: string; log: Log }) {
  const people = usePeople(sessionId);
  const isWide = useIsWide();
  const [kind, setKind] = useState<LineKind | null>(null);
  const [search, setSearch] = useState("");
  const names = useMemo(() => namesIn(log.frames, (people.data ?? []).flatMap(namesOf)), [log.frames, people.data]);
  const { lines, shown, all } = useMemo(
    () => linesOf(log.frames, names, { kind, search }),
    [log.frames, names, kind, search],
  );

  if (log.error && log.frames.length === 0) return <LoadError error={log.error} onRetry={log.goOn} />;
  if (log.frames.length === 0 && !log.isComplete) return <Skeleton lines={6} label={words.history.timeline} />;
  if (log.frames.length === 0) return <Empty icon={Activity} title={words.history.noEvents} />;
  return (
    <div class="timeline-view">
      <div class="history-tools">
        <TextField
          label={words.history.search}
          hideLabel
          type="search"
          placeholder={words.history.search}
          autoComplete="off"
          value={search}
          onText={setSearch}
        />
        <div class="filter-chips" role="group" aria-label={words.history.timeline}>
          {[null, ...LINE_KINDS].map((each) => (
            <button key={each} type="button" class="chip" aria-pressed={kind === each} onClick={() => setKind(each)}>
              {each ? words.replay.kinds[each] : words.history.everything}
            </button>
          ))}
        </div>
      </div>
      <p class="timeline-count quiet" role="status">
        {words.history.shown(shown, all)}
      </p>
      {lines.length === 0 ? (
        <Empty icon={SearchX} title={words.history.noMatch} />
      ) : (
        <div class="timeline" style={{ "--rows": String(lines.length) }}>
          <VirtualList
            items={lines}
            keyOf={(line) => line.key}
            rowHeight={isWide ? ROW : NARROW_ROW}
            label={words.history.timeline}
          >
            {(line) => <TimelineLine line={line} sessionId={sessionId} />}
          </VirtualList>
        </div>
      )}
      {log.error && <p class="problem">{log.error.message}</p>}
      <Button size="small" look="quiet" icon={RefreshCw} busy={!log.isComplete && !log.error} onClick={log.goOn}>
        {words.history.refresh}
      </Button>
    </div>
  );
}

function TimelineLine({ line, sessionId }: { line: Line; sessionId: string }) {
  if ("day" in line) return <p class="timeline-day">{line.day}</p>;
  const { frame, text, detail } = line;
  const at = formatExactTime(frame.at);
  return (
    <div class="timeline-line">
      <time dateTime={frame.at}>{at}</time>
      <Icon of={CHAPTER_ICONS[lineKindOf(frame.type)]} size={16} />
      <p class="timeline-text" title={detail || undefined}>
        {text}
        {detail && <span class="quiet"> — {detail}</span>}
      </p>
      <Link
        href={`/sessions/${sessionId}/replay?seq=${frame.seq}`}
        look="quiet"
        size="small"
        icon={Play}
        class="icon-button timeline-watch"
        aria-label={words.history.watchFrom(at)}
      />
    </div>
  );
}

function namesOf(person: ParticipantView): [string, string][] {
  const ids = person.user_id ? [person.id, person.user_id] : [person.id];
  return ids.map((id) => [id, nameOf(person)]);
}
