import { ListFilter } from "lucide";
import { useId, useState } from "preact/hooks";

import { Button } from "../design/button";
import { Select, TextField } from "../design/field";
import { words } from "../words";
import { FilterChips } from "./filter_chips";
import { KINDS } from "./kind_icons";
import { NO_FILTERS, SORTS, STATUSES, filtersIn, type Search, type Sort } from "./search";
import { SearchField } from "./search_field";

export interface FiltersProps {
  search: Search;
  onSearch: (changes: Partial<Search>) => void;
}

/** What to look for: text, quick switches, and everything else behind a button; what is set is shown, and removable. */
export function Filters({ search, onSearch }: FiltersProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const isList = search.view === "list";
  return (
    <div class="filters" role="search">
      <div class="filters-line">
        <SearchField text={search.q} onText={(q) => onSearch({ q })} />
        <Button icon={ListFilter} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          {words.sessions.filter}
        </Button>
        {isList && (
          <Select
            label={words.sessions.sort}
            hideLabel
            value={search.sort}
            options={SORTS.map((sort) => ({ value: sort, label: words.sessions.sorts[sort] }))}
            onChoose={(sort) => onSearch({ sort: sort as Sort })}
          />
        )}
      </div>
      <div id={id} class="filter-fields" hidden={!isOpen}>
        <FilterFields search={search} onSearch={onSearch} />
      </div>
      <FilterChips
        search={search}
        filters={filtersIn(search)}
        onSearch={onSearch}
        onClear={() => onSearch({ ...NO_FILTERS })}
      />
    </div>
  );
}

function FilterFields({ search, onSearch }: FiltersProps) {
  return (
    <>
      <Select
        label={words.sessions.kind}
        value={search.kind}
        options={[
          { value: "", label: words.sessions.anyKind },
          ...KINDS.map((kind) => ({ value: kind, label: words.kinds[kind].name })),
        ]}
        onChoose={(kind) => onSearch({ kind })}
      />
      <Select
        label={words.sessions.status}
        value={search.status}
        options={[
          { value: "", label: words.sessions.anyStatus },
          ...STATUSES.map((status) => ({ value: status, label: words.statuses[status] })),
        ]}
        onChoose={(status) => onSearch({ status })}
      />
      <TextField
        label={words.sessions.tag}
        autoComplete="off"
        maxLength={40}
        value={search.tag}
        onText={(tag) => onSearch({ tag })}
      />
      {search.view === "list" && (
        <>
          <TextField
            label={words.sessions.from}
            type="date"
            value={search.from}
            {...(search.to && { max: search.to })}
            onText={(from) => onSearch({ from })}
          />
          <TextField
            label={words.sessions.to}
            type="date"
            value={search.to}
            {...(search.from && { min: search.from })}
            onText={(to) => onSearch({ to })}
          />
        </>
      )}
    </>
  );
}
