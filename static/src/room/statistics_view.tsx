import { useEffect, useState } from "preact/hooks";

import { LoadError } from "../design/load_error";
import { Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { Pages } from "../sessions/pages";
import { words } from "../words";
import { formatClock, formatNumber } from "../words/format";
import { recordingSeconds, sessionSeconds, useNow } from "./clock";
import { PanelBack } from "./panel_back";
import { usePart, useRoom } from "./room";
import { COUNTS, countsOf, type PersonStatistics, type SessionStatistics, type StatisticsSort } from "./statistics";
import { nameOf } from "../words/person_name";

/** How often the numbers are read again while they are looked at, and how far apart those do so who look at them. */
const FRESH_MS = 10_000;
const SPREAD_MS = 3_000;

export function StatisticsView({ onBack }: { onBack: () => void }) {
  const room = useRoom();
  const { data, error, reload } = useLoad((signal) => room.readStatistics(signal), [room]);
  useEvery(reload, data);
  return (
    <div class="people">
      <PanelBack title={words.statistics.title} onBack={onBack} />
      <div class="panel-scroll" role="group" aria-label={words.statistics.title} tabIndex={0}>
        {error && <LoadError error={error} onRetry={reload} />}
        {!data && !error && <Skeleton lines={6} label={words.statistics.title} />}
        {data && <Numbers read={data} />}
        <PeopleTable />
      </div>
    </div>
  );
}

/** Reads again some time after each answer, as long as somebody looks. */
function useEvery(reload: () => void, answer: unknown): void {
  useEffect(() => {
    if (!answer) return undefined;
    const timer = setTimeout(reload, FRESH_MS + Math.random() * SPREAD_MS);
    return () => clearTimeout(timer);
  }, [answer]);
}

function Numbers({ read }: { read: SessionStatistics }) {
  const state = usePart((whole) => whole);
  const counts = countsOf(read, state);
  const now = useNow(1_000);
  const running = sessionSeconds(state.session, now) ?? 0;
  const spell = state.recording ? recordingSeconds(state.recording, now) : 0;
  const recorded = Math.max(read.recorded_s, spell);
  return (
    <dl class="numbers">
      <Figure name={words.statistics.running} value={formatClock(running)} />
      <Figure name={words.statistics.recorded} value={formatClock(recorded)} />
      {COUNTS.map((count) => (
        <Figure key={count} name={words.statistics.counts[count]} value={formatNumber(counts[count])} />
      ))}
    </dl>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd class="clock">{value}</dd>
    </div>
  );
}

function PeopleTable() {
  const room = useRoom();
  const [wanted, setWanted] = useState<{ sort: StatisticsSort; page: number }>({ sort: "time", page: 1 });
  const { data, error, reload } = useLoad(
    (signal) => room.readPersonStatistics(wanted.sort, wanted.page, signal),
    [room, wanted.sort, wanted.page],
  );
  useEvery(reload, data);
  if (error) return <LoadError error={error} onRetry={reload} />;
  if (!data) return <Skeleton lines={5} label={words.statistics.each} />;
  return (
    <section aria-label={words.statistics.each}>
      <table class="numbers-table">
        <caption class="sr-only">{words.statistics.each}</caption>
        <thead>
          <tr>
            {(["name", "time", "messages", "hands"] as const).map((sort) => (
              <th
                key={sort}
                scope="col"
                aria-sort={wanted.sort === sort ? (sort === "name" ? "ascending" : "descending") : undefined}
              >
                <button type="button" onClick={() => setWanted({ sort, page: 1 })}>
                  {words.statistics.columns[sort]}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.data.map((person) => (
            <PersonLine key={person.participant_id} person={person} />
          ))}
        </tbody>
      </table>
      {data.pagination && data.pagination.totalPages > 1 && (
        <Pages
          pagination={data.pagination}
          total={words.room.people}
          onPage={(page) => setWanted({ sort: wanted.sort, page })}
        />
      )}
    </section>
  );
}

function PersonLine({ person }: { person: PersonStatistics }) {
  return (
    <tr class={person.is_present ? "" : "quiet"}>
      <th scope="row">
        {nameOf(person)}
        {!person.is_present && <span class="person-role"> {words.statistics.gone}</span>}
      </th>
      <td class="clock">{formatClock(person.present_s)}</td>
      <td>{formatNumber(person.messages)}</td>
      <td>{formatNumber(person.hands_raised)}</td>
    </tr>
  );
}
