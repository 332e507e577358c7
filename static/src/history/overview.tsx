import { useMemo } from "preact/hooks";

import type { Frame } from "../contract/events";
import { Skeleton } from "../design/notice";
import { peaksOf, presencesOf } from "../replay/presence";
import { wholeSpan } from "../replay/spans";
import { countUpTo } from "../replay/tape";
import type { Span } from "../replay/track";
import { words } from "../words";
import { formatMoment, formatNumber, formatTime } from "../words/format";
import type { Log } from "./use_log";

const PARTS = 40;

/** What came of the session in numbers, and how full it was when. */
export function Overview({ log }: { log: Log }) {
  const { frames, times } = log;
  const span = useMemo(() => wholeSpan(frames, times)[0], [frames, times]);
  if (!log.isComplete && frames.length === 0) return <Skeleton lines={3} label={words.history.overview} />;
  const of = (type: Frame["type"]): number => frames.filter((frame) => frame.type === type).length;
  const presences = presencesOf(frames, times, times.at(-1) ?? 0);
  const numbers = [
    words.history.wereThere(presences.length),
    words.history.written(of("chat:sent")),
    words.history.raised(of("participant:hand_raised")),
    words.history.asked(of("poll:created")),
    words.history.recorded(of("recording:started")),
  ];
  return (
    <div class="overview">
      <ul class="overview-numbers" aria-label={words.history.overview}>
        {numbers.map((text) => (
          <Number key={text} text={text} />
        ))}
      </ul>
      {span && <Activity log={log} span={span} />}
    </div>
  );
}

/** "12 messages", with the number large. */
function Number({ text }: { text: string }) {
  const [, figure = "", rest = text] = /^(\S*\d)\s(.*)$/u.exec(text) ?? [];
  return (
    <li>
      <strong>{figure}</strong> {rest}
    </li>
  );
}

function Activity({ log: { frames, times }, span }: { log: Log; span: Span }) {
  const parts = useMemo(() => {
    const peaks = peaksOf(presencesOf(frames, times, span.to), span, PARTS);
    const said = frames.flatMap((frame, i) => (frame.type === "chat:sent" ? [times[i] ?? 0] : []));
    const edge = (part: number): number => span.from + ((span.to - span.from) * part) / PARTS;
    return peaks.map((people, part) => ({
      from: new Date(edge(part)).toISOString(),
      people,
      messages: countUpTo(said, edge(part + 1)) - countUpTo(said, edge(part)),
    }));
  }, [frames, times, span]);
  const most = Math.max(1, ...parts.map(({ people }) => people));
  const mostSaid = Math.max(1, ...parts.map(({ messages }) => messages));
  return (
    <section class="card activity" aria-label={words.history.activity}>
      <header>
        <h2>{words.history.activity}</h2>
        <span class="quiet">{words.history.atOnce(most)}</span>
      </header>
      <div class="activity-bars" aria-hidden="true">
        {parts.map(({ from, people, messages }) => (
          <span key={from} class="activity-part">
            <span class="activity-people" style={{ blockSize: `${(people / most) * 100}%` }} />
            <span
              class="activity-messages"
              style={{ opacity: String(messages ? 0.35 + 0.65 * (messages / mostSaid) : 0) }}
            />
          </span>
        ))}
      </div>
      <p class="activity-ends quiet" aria-hidden="true">
        <span>{formatMoment(new Date(span.from).toISOString())}</span>
        <span>{formatTime(new Date(span.to).toISOString())}</span>
      </p>
      <p class="quiet activity-hint">{words.history.activityHint}</p>
      <details class="unfolds">
        <summary>{words.history.asTable}</summary>
        <table class="activity-table">
          <thead>
            <tr>
              <th scope="col">{words.history.when}</th>
              <th scope="col">{words.history.peopleAtOnce}</th>
              <th scope="col">{words.history.messagesWritten}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ from, people, messages }) => (
              <tr key={from}>
                <th scope="row">{formatTime(from)}</th>
                <td>{formatNumber(people)}</td>
                <td>{formatNumber(messages)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
