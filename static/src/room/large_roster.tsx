import { Search } from "lucide";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { LoadError } from "../design/load_error";
import { Empty, Skeleton } from "../design/notice";
import { VirtualList } from "../design/virtual_list";
import { useLoad } from "../net/use_load";
import { Pages } from "../sessions/pages";
import { words } from "../words";
import { ROW, RosterRow, group, type Row } from "./person_row";
import { usePart, useRights, useRoom } from "./room";
import { rosterOf } from "./roster";
import { seenBy } from "./visibility";

const PAUSE_MS = 250;
/** How often the page is read again at most while people come and go, and how far apart those do so who look at it. */
const FRESH_MS = 4000;
const SPREAD_MS = 1000;

/** The people of a room that is too large to be told everybody: who is on the stage, and the others page by page. */
export function LargeRoster({ search }: { search: string }) {
  const room = useRoom();
  const { me } = useRights();
  const participants = usePart((state) => state.participants);
  const audience = usePart((state) => state.audience);
  const present = usePart((state) => state.present);
  const [wanted, setWanted] = useState({ search, page: 1 });
  const { data, error, reload } = useLoad(
    (signal) => room.readPeople(wanted.search, wanted.page, signal),
    [room, wanted.search, wanted.page],
  );
  const stage = useMemo(
    () => rosterOf(Object.values(seenBy(me.id, audience, participants)), me.id, search),
    [participants, audience, me.id, search],
  );
  const shown = (data?.data ?? []).filter((each) => audience === "hosts" || !each.is_hidden || each.id === me.id);

  useEffect(() => {
    if (search === wanted.search) return undefined;
    const timer = setTimeout(() => setWanted({ search, page: 1 }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [search, wanted.search]);

  const touched = room.touched.value;
  useEffect(() => {
    if (shown.some((each) => touched.has(each.id))) reload();
  }, [touched]);

  const readAt = useRef(0);
  useEffect(() => {
    readAt.current = Date.now();
  }, [data]);
  useEffect(() => {
    const inMs = Math.max(0, readAt.current + FRESH_MS - Date.now()) + Math.random() * SPREAD_MS;
    const timer = setTimeout(reload, inMs);
    return () => clearTimeout(timer);
  }, [present]);

  if (error) return <LoadError error={error} onRetry={reload} />;
  if (!data) return <Skeleton lines={6} label={words.people.tab} />;
  const others = shown.map((person) => ({ key: `page ${person.id}`, person, place: null }));
  const count = data.pagination?.total ?? shown.length;
  const rows: Row[] = [
    ...group(words.people.hosts, stage.hosts, false),
    ...group(words.people.hands, stage.hands, true),
    ...(others.length ? [{ key: words.people.everyone, heading: words.people.everyone, count }, ...others] : []),
  ];
  if (rows.length === 0) return <Empty icon={Search} title={words.people.nobody} />;
  return (
    <>
      <VirtualList items={rows} keyOf={(row) => row.key} rowHeight={ROW} label={words.people.tab}>
        {(row) => <RosterRow row={row} me={me.id} />}
      </VirtualList>
      {data.pagination && data.pagination.totalPages > 1 && (
        <Pages
          pagination={data.pagination}
          total={words.room.people}
          onPage={(page) => setWanted({ search: wanted.search, page })}
        />
      )}
    </>
  );
}
