import { X } from "lucide";

import { Icon } from "../design/icon";
import { words } from "../words";
import { formatShortDay } from "../words/days";
import { KINDS } from "./kind_icons";
import { NO_FILTERS, STATUSES, type Filter, type Search } from "./search";

const SWITCHES = ["live", "mine", "deleted"] as const;

interface FilterChipsProps {
  search: Search;
  filters: readonly Filter[];
  onSearch: (changes: Partial<Search>) => void;
  onClear: () => void;
}

/** Switches for what is looked for most, then every other filter that is set. */
export function FilterChips({ search, filters, onSearch, onClear }: FilterChipsProps) {
  const others = filters.filter((name) => !SWITCHES.some((each) => each === name) && name !== "q");
  return (
    <div class="chips">
      {SWITCHES.map((name) => (
        <button
          key={name}
          type="button"
          class="chip"
          aria-pressed={search[name]}
          onClick={() => onSearch({ [name]: !search[name] })}
        >
          {words.sessions.switches[name]}
        </button>
      ))}
      {others.map((name) => (
        <button
          key={name}
          type="button"
          class="chip chip-set"
          aria-label={words.sessions.without(wordFor(name, search))}
          onClick={() => onSearch({ [name]: NO_FILTERS[name] })}
        >
          {wordFor(name, search)}
          <Icon of={X} size={16} />
        </button>
      ))}
      {filters.length > 0 && (
        <button type="button" class="chips-clear link" onClick={onClear}>
          {words.sessions.clearAll}
        </button>
      )}
    </div>
  );
}

function wordFor(filter: Filter, search: Search): string {
  const kind = KINDS.find((each) => each === search.kind);
  const status = STATUSES.find((each) => each === search.status);
  if (filter === "kind" && kind) return words.kinds[kind].name;
  if (filter === "status" && status) return words.statuses[status];
  if (filter === "tag") return words.sessions.tagged(search.tag.trim());
  if (filter === "from") return words.sessions.since(formatShortDay(search.from));
  if (filter === "to") return words.sessions.until(formatShortDay(search.to));
  return "";
}
