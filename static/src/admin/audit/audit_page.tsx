import { Download, ScrollText } from "lucide";
import { useRef, useState } from "preact/hooks";

import { useClient } from "../../client";
import type { AuditPage as Part, AuditView } from "../../contract/types";
import { Button } from "../../design/button";
import { LoadError } from "../../design/load_error";
import { Empty, Skeleton } from "../../design/notice";
import { queryString } from "../../net/rest";
import { words } from "../../words";
import { offerFile } from "../offer_file";
import { useFound } from "../use_found";
import { AuditFilters } from "./audit_filters";
import { addressOf, askedOf, searchFrom, type AuditSearch } from "./audit_search";
import { AuditSheet } from "./audit_sheet";
import { AuditTable } from "./audit_table";

const AT_ONCE = 50;
const FORMS = [
  ["csv", "exportCsv"],
  ["jsonl", "exportLines"],
] as const;

/** Who did what in the tenant, and what was refused; newest first. */
export function AuditPage() {
  const { rest, router, toasts } = useClient();
  const search = searchFrom(router.place.value.query);
  const [open, setOpen] = useState<AuditView | null>(null);
  const [saving, setSaving] = useState<string | null>(null);
  const next = useRef<string | null>(null);
  const found = useFound<AuditView>(
    async (last, signal) => {
      const query = { ...askedOf(search), limit: AT_ONCE, ...(last && { cursor: next.current }) };
      const { data } = await rest<Part>("GET", "/audit", { query, signal });
      next.current = data.next;
      return { rows: data.entries, hasMore: data.next !== null, total: null };
    },
    [queryString(addressOf(search))],
  );
  const show = (wanted: Partial<AuditSearch>): void =>
    router.go(`/admin/audit${queryString(addressOf({ ...searchFrom(new URLSearchParams()), ...wanted }))}`, {
      replace: true,
    });

  async function save(format: string): Promise<void> {
    setSaving(format);
    try {
      const query = { ...askedOf(search), format };
      offerFile((await rest<Blob>("GET", "/audit/export", { query, isFile: true })).data, `audit.${format}`);
    } catch (error) {
      toasts.complain(error);
    }
    setSaving(null);
  }

  return (
    <>
      <AuditFilters search={search} onSearch={(changes) => show({ ...search, ...changes })} onClear={() => show({})} />
      {found.error && <LoadError error={found.error} onRetry={found.reload} />}
      {!found.error && !found.rows && <Skeleton lines={8} label={words.admin.opening} />}
      {!found.error && found.rows?.length === 0 && (
        <Empty icon={ScrollText} title={words.audit.none} hint={words.audit.noneHint} />
      )}
      {!found.error && found.rows && found.rows.length > 0 && (
        <>
          <div class="admin-row">
            {FORMS.map(([format, word]) => (
              <Button
                key={format}
                size="small"
                icon={Download}
                busy={saving === format}
                onClick={() => void save(format)}
              >
                {words.audit[word]}
              </Button>
            ))}
          </div>
          <AuditTable entries={found.rows} onOpen={setOpen} />
          {found.hasMore && (
            <div class="admin-more">
              <Button busy={found.isLoading} onClick={found.more}>
                {words.actions.loadMore}
              </Button>
            </div>
          )}
        </>
      )}
      {open && (
        <AuditSheet
          entry={open}
          onClose={() => setOpen(null)}
          onSearch={(changes) => show({ ...search, ...changes })}
        />
      )}
    </>
  );
}
