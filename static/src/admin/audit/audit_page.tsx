import { Download } from "lucide";
import { useRef, useState } from "preact/hooks";

import { useClient } from "../../client";
import type { AuditPage as Part } from "../../contract/types";
import { Button } from "../../design/button";
import { words } from "../../words";
import { offerFile } from "../offer_file";
import { askedOf, searchFrom } from "./audit_search";
import { AuditTrail } from "./audit_trail";

const AT_ONCE = 50;
const FORMS = [
  ["csv", "exportCsv"],
  ["jsonl", "exportLines"],
] as const;

/** Who did what in the tenant, and what was refused. */
export function AuditPage() {
  const { rest } = useClient();
  const next = useRef<string | null>(null);
  return (
    <AuditTrail
      path="/admin/audit"
      fetch={async (asked, last, signal) => {
        const query = { ...asked, limit: AT_ONCE, ...(last && { cursor: next.current }) };
        const { data } = await rest<Part>("GET", "/audit", { query, signal });
        next.current = data.next;
        return { rows: data.entries, hasMore: data.next !== null, total: null };
      }}
    >
      <Exports />
    </AuditTrail>
  );
}

/** What was found, as a file. */
function Exports() {
  const { rest, router, toasts } = useClient();
  const [saving, setSaving] = useState<string | null>(null);

  async function save(format: string): Promise<void> {
    setSaving(format);
    try {
      const query = { ...askedOf(searchFrom(router.place.value.query)), format };
      offerFile((await rest<Blob>("GET", "/audit/export", { query, isFile: true })).data, `audit.${format}`);
    } catch (error) {
      toasts.complain(error);
    }
    setSaving(null);
  }

  return (
    <div class="admin-row">
      {FORMS.map(([format, word]) => (
        <Button key={format} size="small" icon={Download} busy={saving === format} onClick={() => void save(format)}>
          {words.audit[word]}
        </Button>
      ))}
    </div>
  );
}
