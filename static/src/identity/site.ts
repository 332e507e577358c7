// How the tenant shows itself: its name, its logo and the one accent, before and after somebody has signed in.

import { effect, signal, type ReadonlySignal } from "@preact/signals";

import type { ShownSite, SiteView } from "../contract/types";
import { ConveneError } from "../net/error";
import type { Account } from "./account";
import { forgetTenant, meantTenant } from "./meant_tenant";

/** What was shown last, so that a page does not change its colour while it opens. */
const KEPT = "convene:site";

export interface Site {
  view: ReadonlySignal<ShownSite | null>;
  /** Takes over how it is by now, as another request has found it. */
  show: (view: SiteView | ShownSite) => void;
}

export function createSite(account: Account, storage: Storage = localStorage): Site {
  const view = signal<ShownSite | null>(kept(storage));

  function show(next: SiteView | ShownSite): void {
    const { slug, name, accent, logo_url, registration } = next;
    const provider = "provider" in next ? next.provider : (view.value?.provider ?? null);
    view.value = { slug, name, accent, logo_url, registration, provider };
    storage.setItem(KEPT, JSON.stringify(view.value));
  }

  async function load(isMember: boolean): Promise<void> {
    const tenant = isMember ? null : meantTenant(storage);
    const query = tenant === null ? {} : { tenant };
    try {
      show((await account.rest<ShownSite>("GET", "/site", isMember ? {} : { query, token: "" })).data);
    } catch (error) {
      if (error instanceof ConveneError && error.code === "TENANT_NOT_FOUND" && tenant !== null) forgetTenant(storage);
    }
  }

  effect(() => colour(view.value?.accent ?? null));
  effect(() => {
    if (account.isKnown.value) void load(account.user.value !== null);
  });
  return { view, show };
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
