import { X } from "lucide";

import { Select, TextField } from "../../design/field";
import { Icon } from "../../design/icon";
import { SearchField } from "../../sessions/search_field";
import { words } from "../../words";
import { AREAS, KINDS, OUTCOMES, POINTED, addressOf, type AuditSearch } from "./audit_search";

interface Props {
  search: AuditSearch;
  onSearch: (changes: Partial<AuditSearch>) => void;
  onClear: () => void;
}

export function AuditFilters({ search, onSearch, onClear }: Props) {
  return (
    <div class="audit-search" role="search">
      <div class="admin-filters">
        <SearchField
          label={words.audit.search}
          hint={words.audit.searchHint}
          text={search.q}
          onText={(q) => onSearch({ q: q.slice(0, 100) })}
        />
        <Select
          label={words.audit.area}
          hideLabel
          value={search.action}
          options={AREAS.map((value) => ({ value, label: words.audit.areas[value] }))}
          onChoose={(action) => onSearch({ action: action as AuditSearch["action"] })}
        />
        <Select
          label={words.audit.kind}
          hideLabel
          value={search.actor_kind}
          options={KINDS.map((value) => ({ value, label: words.audit.kinds[value] }))}
          onChoose={(kind) => onSearch({ actor_kind: kind as AuditSearch["actor_kind"] })}
        />
        <Select
          label={words.audit.outcome}
          hideLabel
          value={search.outcome}
          options={OUTCOMES.map((value) => ({ value, label: words.audit.outcomes[value] }))}
          onChoose={(outcome) => onSearch({ outcome: outcome as AuditSearch["outcome"] })}
        />
      </div>
      <div class="audit-days">
        <TextField
          label={words.audit.from}
          type="date"
          value={search.from}
          max={search.until}
          onText={(from) => onSearch({ from })}
        />
        <TextField
          label={words.audit.until}
          type="date"
          value={search.until}
          min={search.from}
          onText={(until) => onSearch({ until })}
        />
      </div>
      <Chips {...{ search, onSearch, onClear }} />
    </div>
  );
}

/** What has no field of its own is a chip: chosen in an act, and taken away here. */
function Chips({ search, onSearch, onClear }: Props) {
  if (Object.keys(addressOf(search)).length === 0) return null;
  return (
    <div class="chips">
      {POINTED.filter((name) => search[name]).map((name) => (
        <button
          key={name}
          type="button"
          class="chip chip-set"
          aria-label={words.audit.without(words.audit.filters[name])}
          onClick={() => onSearch({ [name]: "" })}
        >
          {words.audit.filters[name]}
          <Icon of={X} size={16} />
        </button>
      ))}
      <button type="button" class="chips-clear link" onClick={onClear}>
        {words.audit.clear}
      </button>
    </div>
  );
}
