import {
  Activity,
  CircleDot,
  Hand,
  Lock,
  LogIn,
  LogOut,
  MessageSquare,
  MicOff,
  Play,
  ShieldAlert,
  UserCheck,
} from "lucide";
import type { IconNode } from "lucide";
import { useEffect, useState } from "preact/hooks";

import { useClient } from "../client";
import type { Frame } from "../contract/events";
import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { LoadError } from "../design/load_error";
import { Empty, Skeleton } from "../design/notice";
import { words } from "../words";
import { formatDay, formatExactTime } from "../words/format";
import { namesIn, sentenceOf } from "./sentences";
import { usePeople } from "./use_people";

const PAGE = 100;

const ICONS: readonly [string, IconNode][] = [
  ["participant:joined", LogIn],
  ["participant:left", LogOut],
  ["participant:kicked", ShieldAlert],
  ["participant:banned", ShieldAlert],
  ["participant:hand", Hand],
  ["participant:muted", MicOff],
  ["participant:all_muted", MicOff],
  ["participant:approved", UserCheck],
  ["session:lock", Lock],
  ["session:", Play],
  ["chat:", MessageSquare],
  ["recording:", CircleDot],
];

/** The session's log as lines, page by page, oldest first. */
export function Timeline({ sessionId }: { sessionId: string }) {
  const { rest } = useClient();
  const people = usePeople(sessionId);
  const [frames, setFrames] = useState<readonly Frame[]>([]);
  const [isComplete, setComplete] = useState(false);
  const [isLoading, setLoading] = useState(true);
  const [error, setError] = useState<Error | null>(null);

  async function load(after: number): Promise<void> {
    setLoading(true);
    setError(null);
    try {
      const query = { after, limit: PAGE };
      const { data } = await rest<Frame[]>("GET", `/sessions/${sessionId}/events`, { query });
      setFrames((before) => [...before.filter((each) => each.seq <= after), ...data]);
      setComplete(data.length < PAGE);
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
    setLoading(false);
  }

  useEffect(() => void load(0), [sessionId]);

  const last = frames.at(-1)?.seq ?? 0;
  if (error && frames.length === 0) return <LoadError error={error} onRetry={() => void load(0)} />;
  if (frames.length === 0 && isLoading) return <Skeleton lines={6} label={words.history.timeline} />;
  if (frames.length === 0) return <Empty icon={Activity} title={words.history.noEvents} />;
  const names = namesIn(frames, (people.data ?? []).flatMap(namesOf));
  const lines = frames.map((frame) => ({ frame, text: sentenceOf(frame, names) })).filter(({ text }) => text !== null);
  return (
    <>
      <ol class="timeline">
        {lines.map(({ frame, text }, i) => {
          const day = formatDay(frame.at);
          const before = lines[i - 1];
          return (
            <li key={frame.seq}>
              {(!before || formatDay(before.frame.at) !== day) && <p class="timeline-day">{day}</p>}
              <p class="timeline-line">
                <time dateTime={frame.at}>{formatExactTime(frame.at)}</time>
                <Icon of={iconOf(frame.type)} size={16} />
                <span>{text}</span>
              </p>
            </li>
          );
        })}
      </ol>
      {!isComplete && (
        <Button busy={isLoading} onClick={() => void load(last)}>
          {words.actions.loadMore}
        </Button>
      )}
      {error && <p class="problem">{error.message}</p>}
    </>
  );
}

function namesOf({
  id,
  user_id,
  display_name,
}: {
  id: string;
  user_id: string | null;
  display_name: string;
}): [string, string][] {
  return user_id
    ? [
        [id, display_name],
        [user_id, display_name],
      ]
    : [[id, display_name]];
}

function iconOf(type: string): IconNode {
  return ICONS.find(([prefix]) => type.startsWith(prefix))?.[1] ?? Activity;
}
