import { Plus, Webhook } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { ApiKeyView, NewApiKey } from "../../contract/types";
import { Button } from "../../design/button";
import { LoadError } from "../../design/load_error";
import { Empty, Skeleton } from "../../design/notice";
import { Table, type Column } from "../../design/table";
import { useLoad } from "../../net/use_load";
import { words } from "../../words";
import { formatMoment } from "../../words/format";
import { ConfirmDialog } from "../confirm_dialog";
import { CreateKeyDialog } from "./create_key_dialog";
import { NewKeyDialog } from "./new_key_dialog";

/** Everybody's keys for programs, or one's own; one's own are made here. */
export function KeyList({ of }: { of: "everybody" | "me" }) {
  const path = of === "me" ? "/users/me/api-keys" : "/api-keys";
  const { acting, rest, toasts } = useClient();
  const [isCreating, setCreating] = useState(false);
  const [made, setMade] = useState<NewApiKey | null>(null);
  const [leaving, setLeaving] = useState<ApiKeyView | null>(null);
  const { data, error, reload } = useLoad(
    async (signal) => (await rest<ApiKeyView[]>("GET", path, { signal })).data,
    [path],
  );
  // A new key is one's own: that of another tenant is made there.
  const create = (of === "me" || !acting.tenant.value) && (
    <Button look="primary" icon={Plus} onClick={() => setCreating(true)}>
      {words.apiKeys.create}
    </Button>
  );

  async function revoke({ id, name }: ApiKeyView): Promise<void> {
    await rest("DELETE", `${path}/${id}`);
    toasts.tell(() => words.apiKeys.revoked(name));
    reload();
  }

  return (
    <>
      <p class="quiet">{words.apiKeys.about}</p>
      {error && <LoadError error={error} onRetry={reload} />}
      {!error && !data && <Skeleton lines={6} label={words.admin.opening} />}
      {data?.length === 0 && (
        <Empty icon={Webhook} title={words.apiKeys.none} hint={words.apiKeys.noneHint}>
          {create}
        </Empty>
      )}
      {data && data.length > 0 && (
        <>
          {create && <div class="admin-row">{create}</div>}
          <KeysTable keys={data} hasOwners={of === "everybody"} onRevoke={setLeaving} />
        </>
      )}
      {isCreating && (
        <CreateKeyDialog
          onClose={() => setCreating(false)}
          onMade={(key) => {
            setCreating(false);
            setMade(key);
            reload();
          }}
        />
      )}
      {made && <NewKeyDialog made={made} onClose={() => setMade(null)} />}
      {leaving && (
        <ConfirmDialog
          title={words.apiKeys.revokeTitle(leaving.name)}
          text={words.apiKeys.revokeAsk}
          yes={words.apiKeys.revoke}
          onClose={() => setLeaving(null)}
          onYes={() => revoke(leaving)}
        />
      )}
    </>
  );
}

interface KeysTableProps {
  keys: readonly ApiKeyView[];
  hasOwners: boolean;
  onRevoke: (key: ApiKeyView) => void;
}

function KeysTable({ keys, hasOwners, onRevoke }: KeysTableProps) {
  const columns: Column<ApiKeyView, string>[] = [
    {
      key: "name",
      name: words.apiKeys.name,
      isHead: true,
      cell: ({ name, prefix, owner }) => (
        <span class="user-words">
          <span class="user-name">{name}</span>
          <span class="quiet user-email">
            <code>{prefix}…</code>
            {hasOwners && ` · ${owner.display_name}`}
          </span>
        </span>
      ),
    },
    {
      key: "scopes",
      name: words.apiKeys.scopes,
      isLong: true,
      isMinor: true,
      cell: ({ scopes }) => <Scopes scopes={scopes} />,
    },
    {
      key: "used",
      name: words.apiKeys.used,
      isMinor: true,
      cell: ({ last_used_at }) => (last_used_at ? formatMoment(last_used_at) : words.apiKeys.unused),
    },
    {
      key: "ends",
      name: words.apiKeys.ends,
      isMinor: true,
      cell: ({ expires_at }) => (expires_at ? formatMoment(expires_at) : words.apiKeys.never),
    },
    {
      key: "revoke",
      name: words.apiKeys.revoke,
      cell: (key) => (
        <Button size="small" aria-label={words.apiKeys.revokeNamed(key.name)} onClick={() => onRevoke(key)}>
          {words.apiKeys.revoke}
        </Button>
      ),
    },
  ];
  return <Table label={words.admin.pages.apiKeys} columns={columns} rows={keys} keyOf={({ id }) => id} />;
}

/** As many as can be read at a glance; more are unfolded. */
const AT_A_GLANCE = 3;

function Scopes({ scopes }: { scopes: readonly string[] }) {
  const all = scopes.join(", ");
  if (scopes.length <= AT_A_GLANCE) return <span>{all}</span>;
  return (
    <details class="unfolds">
      <summary>{words.apiKeys.scopeCount(scopes.length)}</summary>
      <p class="field-note">{all}</p>
    </details>
  );
}
