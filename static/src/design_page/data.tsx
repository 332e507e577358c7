import { useState } from "preact/hooks";

import { Button } from "../design/button";
import { Pager, Table, type Column, type Sorting } from "../design/table";
import { VirtualList } from "../design/virtual_list";
import { Sample } from "./sample";

interface Person {
  name: string;
  role: string;
  minutes: number;
}

const NAMES = [
  "Ana Lima",
  "Ben Ito",
  "Chidi Okoro",
  "Dörte Kern",
  "Eva Novak",
  "Farid Amin",
  "Gus Hall",
  "Hana Okafor",
];
const PEOPLE: Person[] = NAMES.map((name, i) => ({ name, role: i ? "Guest" : "Host", minutes: (i * 37) % 61 }));
const COLUMNS: readonly Column<Person, keyof Person>[] = [
  { key: "name", name: "Name", isSortable: true, isHead: true, cell: ({ name }) => name },
  { key: "role", name: "Role", cell: ({ role }) => role },
  { key: "minutes", name: "Minutes", isSortable: true, isNumber: true, cell: ({ minutes }) => minutes },
];
const PER_PAGE = 5;
const LINES = 2_000;

export function Data({ theme }: { theme: string }) {
  const [sorting, setSorting] = useState<Sorting<keyof Person>>({ by: "name", isDescending: false });
  const [page, setPage] = useState(1);
  const [lines, setLines] = useState(LINES);
  const { by, isDescending } = sorting;
  const order = (a: Person, b: Person): number =>
    (isDescending ? -1 : 1) * (by === "minutes" ? a.minutes - b.minutes : a[by].localeCompare(b[by]));
  const shown = [...PEOPLE].sort(order).slice((page - 1) * PER_PAGE, page * PER_PAGE);
  return (
    <>
      <Sample title="Table">
        <Table
          label={`People, ${theme}`}
          columns={COLUMNS}
          rows={shown}
          keyOf={({ name }) => name}
          sorting={sorting}
          onSort={setSorting}
        />
        <Pager label={`Pages, ${theme}`} page={page} pages={2} onPage={setPage} />
      </Sample>
      <Sample title="Long lists">
        <div class="design-list">
          <VirtualList items={numbers(LINES)} keyOf={String} rowHeight={40} label="Fixed">
            {(line) => <p class="design-line">Line {line}</p>}
          </VirtualList>
        </div>
        <div class="design-list">
          <VirtualList items={numbers(lines)} keyOf={String} rowHeight={40} isVaried sticksToEnd label="Varied">
            {(line) => <p class="design-line">{`Message ${line}. ${"What they said. ".repeat(line % 7)}`}</p>}
          </VirtualList>
        </div>
        <Button size="small" onClick={() => setLines(lines + 1)}>
          Add a message
        </Button>
      </Sample>
    </>
  );
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
