import { useRef } from "preact/hooks";

import { AuditTrail } from "../admin/audit/audit_trail";
import { useClient } from "../client";
import type { AuditView } from "../contract/types";

const AT_ONCE = 50;

/** Who did what, for those who lead the session. */
export function AuditList({ sessionId }: { sessionId: string }) {
  const { rest } = useClient();
  const page = useRef(1);
  return (
    <AuditTrail
      isOfSession
      path={`/sessions/${sessionId}`}
      kept={{ tab: "audit" }}
      fetch={async (asked, last, signal) => {
        const next = last ? page.current + 1 : 1;
        const query = { ...asked, page: next, limit: AT_ONCE };
        const { data, pagination } = await rest<AuditView[]>("GET", `/sessions/${sessionId}/audit`, { query, signal });
        page.current = next;
        return { rows: data, hasMore: next < (pagination?.totalPages ?? 1), total: pagination?.total ?? null };
      }}
    />
  );
}
