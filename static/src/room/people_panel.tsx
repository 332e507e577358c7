import { Search } from "lucide";
import { useMemo, useState } from "preact/hooks";

import { TextField } from "../design/field";
import { Empty } from "../design/notice";
import { VirtualList } from "../design/virtual_list";
import { words } from "../words";
import { LargeRoster } from "./large_roster";
import { PeopleTools, PeopleViews, type PeopleView } from "./people_tools";
import { ROW, RosterRow, group } from "./person_row";
import { RolesView } from "./roles_view";
import { usePart, useRights } from "./room";
import { grouped } from "./roster";
import { createOrder } from "./roster_order";
import { StatisticsView } from "./statistics_view";
import { seenBy } from "./visibility";

export function PeoplePanel() {
  const [view, setView] = useState<PeopleView>("list");
  const back = (): void => setView("list");
  if (view === "statistics") return <StatisticsView onBack={back} />;
  if (view === "roles") return <RolesView onBack={back} />;
  return <PeopleList onView={setView} />;
}

function PeopleList({ onView }: { onView: (view: PeopleView) => void }) {
  const roster = usePart((state) => state.roster);
  const [search, setSearch] = useState("");

  return (
    <div class="people">
      <div class="people-search">
        <TextField
          label={words.people.search}
          hideLabel
          type="search"
          placeholder={words.people.search}
          autoComplete="off"
          value={search}
          onText={setSearch}
        />
        <PeopleViews onView={onView} />
      </div>
      <PeopleTools />
      {roster === "summary" ? <LargeRoster search={search.trim()} /> : <Everybody search={search} />}
    </div>
  );
}

function Everybody({ search }: { search: string }) {
  const { me } = useRights();
  const participants = usePart((state) => state.participants);
  const audience = usePart((state) => state.audience);
  const order = useMemo(createOrder, []);
  const { hosts, hands, others } = useMemo(
    () => grouped(order(seenBy(me.id, audience, participants)), me.id, search),
    [participants, audience, me.id, search],
  );
  const rows = [
    ...group(words.people.hosts, hosts, false),
    ...group(words.people.hands, hands, true),
    ...group(words.people.everyone, others, false),
  ];
  if (rows.length === 0)
    return <Empty icon={Search} title={search.trim() ? words.people.nobody : words.people.nobodyYet} />;
  return (
    <VirtualList items={rows} keyOf={(row) => row.key} rowHeight={ROW} label={words.people.tab}>
      {(row) => <RosterRow row={row} me={me.id} />}
    </VirtualList>
  );
}
