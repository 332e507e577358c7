import { Search as SearchIcon } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";

import { Select, TextField } from "../design/field";
import { Icon } from "../design/icon";
import { words } from "../words";
import { KINDS } from "./kind_icons";
import type { Search } from "./search";

const STATUSES = Object.keys(words.statuses) as (keyof typeof words.statuses)[];
const SORTS = Object.keys(words.sessions.sorts) as (keyof typeof words.sessions.sorts)[];
const PAUSE_MS = 200;

interface FiltersProps {
  search: Search;
  onSearch: (changes: Partial<Search>) => void;
}

export function Filters({ search, onSearch }: FiltersProps) {
  return (
    <div class="filters" role="search">
      <SearchField text={search.q} onText={(q) => onSearch({ q })} />
      <Select
        label={words.sessions.kind}
        hideLabel
        value={search.kind}
        options={[
          { value: "", label: words.sessions.anyKind },
          ...KINDS.map((kind) => ({ value: kind, label: words.kinds[kind].name })),
        ]}
        onChoose={(kind) => onSearch({ kind })}
      />
      <Select
        label={words.sessions.status}
        hideLabel
        value={search.status}
        options={[
          { value: "", label: words.sessions.anyStatus },
          ...STATUSES.map((status) => ({ value: status, label: words.statuses[status] })),
        ]}
        onChoose={(status) => onSearch({ status })}
      />
      <Select
        label={words.sessions.sort}
        hideLabel
        value={search.sort}
        options={SORTS.map((sort) => ({ value: sort, label: words.sessions.sorts[sort] }))}
        onChoose={(sort) => onSearch({ sort })}
      />
      <Chip label={words.sessions.liveOnly} isOn={search.live} onToggle={(live) => onSearch({ live })} />
      <Chip label={words.sessions.deleted} isOn={search.deleted} onToggle={(deleted) => onSearch({ deleted })} />
    </div>
  );
}

function Chip({ label, isOn, onToggle }: { label: string; isOn: boolean; onToggle: (isOn: boolean) => void }) {
  return (
    <button type="button" class="chip" aria-pressed={isOn} onClick={() => onToggle(!isOn)}>
      {label}
    </button>
  );
}

/** Searches while one types, after a short pause; what is typed is never overwritten by what was found. */
function SearchField({ text, onText }: { text: string; onText: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const asked = useRef(text);

  useEffect(() => {
    if (typed === asked.current) return undefined;
    const timer = setTimeout(() => {
      asked.current = typed;
      onText(typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    if (text === asked.current) return;
    // Not what was asked for here: cleared, or another address.
    asked.current = text;
    setTyped(text);
  }, [text]);

  return (
    <div class="search-field">
      <Icon of={SearchIcon} size={16} />
      <TextField
        label={words.sessions.search}
        hideLabel
        type="search"
        autoComplete="off"
        placeholder={words.sessions.searchHint}
        maxLength={200}
        value={typed}
        onText={setTyped}
      />
    </div>
  );
}
