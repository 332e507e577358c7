import { ScrollText } from "lucide";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { AuditView } from "../../contract/types";
import { Button } from "../../design/button";
import { LoadError } from "../../design/load_error";
import { Empty, Skeleton } from "../../design/notice";
import { queryString, type Query } from "../../net/rest";
import { words } from "../../words";
import { useFound, type Piece } from "../use_found";
import { AuditFilters } from "./audit_filters";
import { addressOf, askedOf, searchFrom, type AuditSearch } from "./audit_search";
import { AuditSheet } from "./audit_sheet";
import { AuditTable } from "./audit_table";

interface AuditTrailProps {
  /** The page's own address, and what of its query stays whatever is looked for. */
  path: string;
  kept?: Query;
  fetch: (query: Query, after: AuditView | undefined, signal: AbortSignal) => Promise<Piece<AuditView>>;
  /** It is that of one session alone. */
  isOfSession?: boolean;
  /** Stands above what was found. */
  children?: ComponentChildren;
}

/** Acts, newest first: looked for by what the address says, and one of them opened at the side. */
export function AuditTrail({ path, kept = {}, fetch, isOfSession = false, children }: AuditTrailProps) {
  const { router } = useClient();
  const search = searchFrom(router.place.value.query);
  const [open, setOpen] = useState<AuditView | null>(null);
  const found = useFound<AuditView>(
    (last, signal) => fetch(askedOf(search), last, signal),
    [path, queryString(addressOf(search))],
  );
  const show = (wanted: Partial<AuditSearch>): void => {
    const next = { ...searchFrom(new URLSearchParams()), ...wanted };
    router.go(`${path}${queryString({ ...kept, ...addressOf(next) })}`, { replace: true });
  };
  const add = (changes: Partial<AuditSearch>): void => show({ ...search, ...changes });

  return (
    <div class="audit-trail">
      <AuditFilters search={search} onSearch={add} onClear={() => show({})} />
      {found.error && <LoadError error={found.error} onRetry={found.reload} />}
      {!found.error && !found.rows && <Skeleton lines={8} label={words.admin.opening} />}
      {!found.error && found.rows?.length === 0 && (
        <Empty icon={ScrollText} title={words.audit.none} hint={words.audit.noneHint} />
      )}
      {!found.error && found.rows && found.rows.length > 0 && (
        <>
          {children}
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
      {open && <AuditSheet entry={open} isOfSession={isOfSession} onClose={() => setOpen(null)} onSearch={add} />}
    </div>
  );
}
