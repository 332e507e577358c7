// A super administrator in another tenant: what administration asks for is then asked there, by a header.

import { computed, signal, type ReadonlySignal } from "@preact/signals";

import type { UserView, Uuid } from "../contract/types";

/** Of this tab only, and through a reload: an address with it in it would be copied and handed on. */
const KEPT = "convene:acting";

/** What the server answers for another tenant; in one's own name there is nothing to ask for there. */
const ADMINISTRATION = /^\/(tenant|users|roles|audit|api-keys|sessions)(?=[/?]|$)/;
const IN_ONES_OWN_NAME = /^\/users\/me(?=[/?]|$)/;

export interface ActedIn {
  id: Uuid;
  name: string;
}

interface Kept {
  /** Who acts: nobody else in this tab does. */
  user_id: Uuid;
  tenant: ActedIn;
}

export interface Acting {
  /** Where one acts; null: in one's own tenant. */
  tenant: ReadonlySignal<ActedIn | null>;
  enter: (user: UserView, tenant: ActedIn) => void;
  leave: () => void;
  /** Ends if somebody else is signed in by now, nobody at all, or somebody who may no longer. */
  check: (user: UserView | null) => void;
  /** The tenant to name for a request; null: none. */
  tenantFor: (path: string) => Uuid | null;
}

export function createActing(storage: Storage = sessionStorage): Acting {
  const current = signal<Kept | null>(kept(storage));

  function set(next: Kept | null): void {
    current.value = next;
    if (next) storage.setItem(KEPT, JSON.stringify(next));
    else storage.removeItem(KEPT);
  }

  return {
    tenant: computed(() => current.value?.tenant ?? null),
    enter: (user, { id, name }) => set({ user_id: user.id, tenant: { id, name } }),
    leave: () => set(null),
    check: (user) => {
      const mayAct = user?.id === current.value?.user_id && user?.permissions.includes("tenant:manage");
      if (current.value && !mayAct) set(null);
    },
    tenantFor: (path) => (isAskedThere(path) ? (current.value?.tenant.id ?? null) : null),
  };
}

export function isAskedThere(path: string): boolean {
  return ADMINISTRATION.test(path) && !IN_ONES_OWN_NAME.test(path);
}

function kept(storage: Storage): Kept | null {
  try {
    return JSON.parse(storage.getItem(KEPT) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}
