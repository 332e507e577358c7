import type { AuditView } from "../../contract/types";
import { Badge } from "../../design/notice";
import { Table, type Column } from "../../design/table";
import { words } from "../../words";
import { formatDay, formatExactTime } from "../../words/format";
import { actWord, actorWord, outcomeWord } from "./audit_words";

interface Props {
  entries: readonly AuditView[];
  onOpen: (entry: AuditView) => void;
}

export function AuditTable({ entries, onOpen }: Props) {
  const columns: Column<AuditView, string>[] = [
    {
      key: "what",
      name: words.audit.what,
      isHead: true,
      cell: (entry) => (
        <span class="user-line">
          <button type="button" class="link audit-open" onClick={() => onOpen(entry)}>
            {actWord(entry)}
          </button>
          {entry.outcome !== "ok" && <Badge tone="cancelled">{outcomeWord(entry)}</Badge>}
        </span>
      ),
    },
    { key: "who", name: words.audit.who, isLong: true, cell: actorWord },
    {
      key: "when",
      name: words.audit.when,
      cell: ({ at }) => (
        <time dateTime={at}>
          <span>{formatDay(at)}</span> <span>{formatExactTime(at)}</span>
        </time>
      ),
    },
    { key: "where", name: words.audit.where, isMinor: true, cell: ({ address }) => address || "–" },
  ];
  return (
    <div class="audit-table">
      <Table label={words.admin.pages.audit} columns={columns} rows={entries} keyOf={({ id }) => id} />
    </div>
  );
}
