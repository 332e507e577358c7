import { Building2, Pencil, Plus } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { CreatedTenant, TenantView } from "../../contract/types";
import { Button } from "../../design/button";
import { Dialog } from "../../design/dialog";
import { TextField } from "../../design/field";
import { LoadError } from "../../design/load_error";
import { Badge, Empty, Skeleton } from "../../design/notice";
import { Pager, Table, type Column } from "../../design/table";
import { useLoad } from "../../net/use_load";
import { words } from "../../words";
import { formatDay } from "../../words/format";
import { CreateTenantDialog } from "./create_tenant_dialog";
import { EditTenantDialog } from "./edit_tenant_dialog";
import { InvitationLink } from "./invitation_link";

const AT_ONCE = 20;

/** Every tenant of the site, for super administrators: found, made, changed, closed and opened again. */
export function TenantsPage() {
  const { rest, site, toasts } = useClient();
  const [q, setQ] = useState("");
  const [page, setPage] = useState(1);
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<{ email: string; token: string } | null>(null);
  const [editing, setEditing] = useState<TenantView | null>(null);
  const [closing, setClosing] = useState<TenantView | null>(null);
  const { data, error, reload } = useLoad(
    (signal) => rest<TenantView[]>("GET", "/tenants", { query: { q, page, limit: AT_ONCE }, signal }),
    [q, page],
  );

  async function setActive(tenant: TenantView, is_active: boolean): Promise<void> {
    setClosing(null);
    try {
      await rest("PATCH", `/tenants/${tenant.id}`, { body: { is_active } });
    } catch (problem) {
      toasts.complain(problem);
    }
    reload();
  }

  function created({ tenant, invitation_token }: CreatedTenant, email: string): void {
    setMaking(false);
    setMade(invitation_token ? { email, token: invitation_token } : null);
    toasts.tell(() => words.tenants.created(tenant.name));
    reload();
  }

  function changed(tenant: TenantView): void {
    setEditing(null);
    if (editing?.slug === site.view.value?.slug) site.show(tenant);
    toasts.tell(() => words.tenants.changed(tenant.name));
    reload();
  }

  const pages = data?.pagination?.totalPages ?? 1;
  const change = (tenant: TenantView): void => (tenant.is_active ? setClosing(tenant) : void setActive(tenant, true));
  return (
    <>
      <div class="admin-filters">
        <TextField
          label={words.tenants.search}
          type="search"
          hideLabel
          placeholder={words.tenants.search}
          value={q}
          onText={(typed) => {
            setQ(typed);
            setPage(1);
          }}
        />
        <Button icon={Plus} look="primary" onClick={() => setMaking(true)}>
          {words.tenants.create}
        </Button>
      </div>
      {made && <InvitationLink {...made} />}
      {error && <LoadError error={error} onRetry={reload} />}
      {!error && !data && <Skeleton lines={6} label={words.admin.opening} />}
      {data?.data.length === 0 && <Empty icon={Building2} title={words.tenants.none} hint={words.tenants.noneHint} />}
      {data && data.data.length > 0 && (
        <Table
          label={words.tenants.list}
          columns={columns(change, setEditing)}
          rows={data.data}
          keyOf={({ id }) => id}
        />
      )}
      {pages > 1 && <Pager label={words.tenants.list} page={page} pages={pages} onPage={setPage} />}
      {isMaking && <CreateTenantDialog onClose={() => setMaking(false)} onCreated={created} />}
      {editing && (
        <EditTenantDialog key={editing.id} tenant={editing} onClose={() => setEditing(null)} onChanged={changed} />
      )}
      {closing && (
        <Dialog
          title={words.tenants.closeTitle(closing.name)}
          onClose={() => setClosing(null)}
          actions={
            <>
              <Button onClick={() => setClosing(null)}>{words.tenants.cancel}</Button>
              <Button look="danger" onClick={() => void setActive(closing, false)}>
                {words.tenants.close}
              </Button>
            </>
          }
        >
          <p>{words.tenants.closeAsk}</p>
        </Dialog>
      )}
    </>
  );
}

type Key = "name" | "slug" | "state" | "since" | "actions";

function columns(
  onClose: (tenant: TenantView) => void,
  onEdit: (tenant: TenantView) => void,
): readonly Column<TenantView, Key>[] {
  return [
    { key: "name", name: words.tenants.name, isHead: true, cell: ({ name }) => name },
    { key: "slug", name: words.tenants.slug, cell: ({ slug }) => slug },
    {
      key: "state",
      name: words.tenants.state,
      cell: ({ is_active }) => (
        <Badge tone={is_active ? "good" : "plain"}>{is_active ? words.tenants.active : words.tenants.closed}</Badge>
      ),
    },
    { key: "since", name: words.tenants.since, cell: ({ created_at }) => formatDay(created_at) },
    {
      key: "actions",
      name: words.tenants.actions,
      cell: (tenant) => (
        <span class="tenant-acts">
          <Button
            icon={Pencil}
            size="small"
            look="quiet"
            aria-label={words.tenants.edit(tenant.name)}
            onClick={() => onEdit(tenant)}
          >
            {words.actions.edit}
          </Button>
          <Button size="small" look="quiet" onClick={() => onClose(tenant)}>
            {tenant.is_active ? words.tenants.close : words.tenants.reopen}
          </Button>
        </span>
      ),
    },
  ];
}
