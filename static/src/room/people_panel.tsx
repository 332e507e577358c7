import { Search } from "lucide";
import { useMemo, useState } from "preact/hooks";

import { TextField } from "../design/field";
import { Empty } from "../design/notice";
import { VirtualList } from "../design/virtual_list";
import { words } from "../words";
import { LargeRoster } from "./large_roster";
import { ROW, RosterRow, group } from "./person_row";
import { useInside } from "./room";
import { rosterOf } from "./roster";

export function PeoplePanel() {
  const { state } = useInside();
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
      </div>
      {state.roster === "summary" ? <LargeRoster search={search.trim()} /> : <Everybody search={search} />}
    </div>
  );
}

function Everybody({ search }: { search: string }) {
  const { state, me } = useInside();
  // Sorting hundreds of names for every message that is written would be felt.
  const { hosts, hands, others } = useMemo(
    () => rosterOf(Object.values(state.participants), search),
    [state.participants, search],
  );
  const rows = [
    ...group(words.people.hosts, hosts, false),
    ...group(words.people.hands, hands, true),
    ...group(words.people.everyone, others, false),
  ];
  if (rows.length === 0) return <Empty icon={Search} title={words.people.nobody} />;
  return (
    <VirtualList items={rows} keyOf={(row) => row.key} rowHeight={ROW} label={words.people.tab}>
      {(row) => <RosterRow row={row} me={me.id} />}
    </VirtualList>
  );
}
