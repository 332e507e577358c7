// How the tenant shows itself: its name, its logo and the one accent, before and after somebody has signed in.

import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";

import type { ShownSite, SiteView, TenantView } from "../contract/types";
import { ConveneError } from "../net/error";
import type { Account } from "./account";
import type { Acting } from "./acting";
import { forgetTenant, meantTenant } from "./meant_tenant";

/** What was shown last, so that a page does not change its colour while it opens. */
const KEPT = "convene:site";

export interface Site {
  /** Of the tenant in which one acts. */
  view: ReadonlySignal<ShownSite | null>;
  /** Of one's own tenant, or of the one that the address means. */
  own: ReadonlySignal<ShownSite | null>;
  /** Takes over how it is by now, as another request has found it. */
  show: (view: SiteView) => void;
}

export function createSite(account: Account, acting: Acting, storage: Storage = localStorage): Site {
  const own = signal<ShownSite | null>(kept(storage));
  const other = signal<ShownSite | null>(null);
  const view = computed(() => (acting.tenant.value && other.value) ?? own.value);
  const isMember = computed(() => account.user.value !== null);

  function keep(next: ShownSite): void {
    own.value = next;
    storage.setItem(KEPT, JSON.stringify(next));
  }

  function show(next: SiteView): void {
    const { slug, name, accent, logo_url, registration } = next;
    const { provider = null, sends_mail = false } = own.peek() ?? {};
    const shown = { slug, name, accent, logo_url, registration, provider, sends_mail };
    if (acting.tenant.peek()) other.value = shown;
    else keep(shown);
  }

  async function load(isMember: boolean): Promise<void> {
    const tenant = isMember ? null : meantTenant(storage);
    const query = tenant === null ? {} : { tenant };
    try {
      keep((await account.rest<ShownSite>("GET", "/site", isMember ? {} : { query, token: "" })).data);
    } catch (error) {
      if (error instanceof ConveneError && error.code === "TENANT_NOT_FOUND" && tenant !== null) forgetTenant(storage);
    }
  }

  async function loadOther(id: string): Promise<void> {
    other.value = null;
    try {
      const { data } = await account.rest<TenantView>("GET", "/tenant");
      if (acting.tenant.peek()?.id === id) show(data);
    } catch (error) {
      // It is closed by now, or one may no longer act there.
      if (error instanceof ConveneError && error.code === "TENANT_NOT_FOUND") acting.leave();
    }
  }

  effect(() => colour(view.value?.accent ?? null));
  effect(() => {
    if (account.isKnown.value) void load(account.user.value !== null);
  });
  effect(() => {
    const tenant = acting.tenant.value;
    if (tenant && isMember.value) void loadOther(tenant.id);
  });
  return { view, own, show };
}

/** Everything that has the accent is derived from this, and keeps its contrast. */
function colour(accent: string | null): void {
  const { style } = document.documentElement;
  if (accent) style.setProperty("--brand", accent);
  else style.removeProperty("--brand");
}

function kept(storage: Storage): ShownSite | null {
  try {
    return JSON.parse(storage.getItem(KEPT) ?? "null") as ShownSite | null;
  } catch {
    return null;
  }
}
