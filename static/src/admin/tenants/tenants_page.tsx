import { Building2, DoorClosed, DoorOpen, EllipsisVertical, Pencil, Plus, ShieldUser } from "lucide";
import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { CreatedTenant, TenantView } from "../../contract/types";
import { Button } from "../../design/button";
import { Dialog } from "../../design/dialog";
import { LoadError } from "../../design/load_error";
import { Menu, MenuItem } from "../../design/menu";
import { Badge, Empty, Skeleton } from "../../design/notice";
import { Pager, Table, type Column } from "../../design/table";
import { useLoad } from "../../net/use_load";
import { SearchField } from "../../sessions/search_field";
import { words } from "../../words";
import { formatDay } from "../../words/format";
import { CreateTenantDialog } from "./create_tenant_dialog";
import { EditTenantDialog } from "./edit_tenant_dialog";
import { InvitationLink } from "./invitation_link";

const AT_ONCE = 20;

/** Every tenant of the site, for super administrators: found, made, changed, closed and opened again. */
export function TenantsPage() {
  const { account, acting, rest, router, site, toasts } = useClient();
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
      if (acting.tenant.value?.id === tenant.id) acting.leave();
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

  function act(tenant: TenantView): void {
    if (account.user.value) acting.enter(account.user.value, tenant);
    router.go("/admin");
  }

  const isElsewhere = ({ slug, is_active }: TenantView): boolean =>
    is_active && slug !== site.view.value?.slug && slug !== site.own.value?.slug;
  const pages = data?.pagination?.totalPages ?? 1;
  const change = (tenant: TenantView): void => (tenant.is_active ? setClosing(tenant) : void setActive(tenant, true));
  return (
    <>
      <div class="admin-filters" role="search">
        <SearchField
          label={words.tenants.search}
          hint={words.tenants.search}
          text={q}
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
          columns={columns((tenant) => (
            <Menu label={words.actions.for(tenant.name)} icon={EllipsisVertical}>
              {isElsewhere(tenant) && (
                <MenuItem icon={ShieldUser} onChoose={() => act(tenant)}>
                  {words.acting.act}
                </MenuItem>
              )}
              <MenuItem icon={Pencil} onChoose={() => setEditing(tenant)}>
                {words.actions.edit}
              </MenuItem>
              <MenuItem
                icon={tenant.is_active ? DoorClosed : DoorOpen}
                danger={tenant.is_active}
                onChoose={() => change(tenant)}
              >
                {tenant.is_active ? words.tenants.close : words.tenants.reopen}
              </MenuItem>
            </Menu>
          ))}
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

type Key = "name" | "since" | "actions";

function columns(menu: (tenant: TenantView) => VNode): readonly Column<TenantView, Key>[] {
  return [
    {
      key: "name",
      name: words.tenants.name,
      isHead: true,
      cell: ({ name, slug, is_active }) => (
        <span class="user-words">
          <span class="user-line">
            <span class="user-name">{name}</span>
            {!is_active && <Badge tone="cancelled">{words.tenants.closed}</Badge>}
          </span>
          <span class="quiet user-email">{slug}</span>
        </span>
      ),
    },
    { key: "since", name: words.tenants.since, isMinor: true, cell: ({ created_at }) => formatDay(created_at) },
    { key: "actions", name: words.tenants.actions, cell: menu },
  ];
}
