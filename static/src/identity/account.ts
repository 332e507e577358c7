// Who is signed in. The access token lives in memory only; the refresh token is a cookie that scripts cannot read.

import { computed, signal, type ReadonlySignal } from "@preact/signals";

import type { Preferences, SignedIn, UserView } from "../contract/types";
import { createRest, type Rest } from "../net/rest";
import { ConveneError } from "../net/error";

/** Says that there is a cookie worth trying, so that strangers cause no failing request. */
const HINT = "convene:signed-in";
const EARLY_MS = 60_000;
const MIN_DELAY_MS = 30_000;
/** A wrong clock must not keep us from refreshing in time. */
const MAX_DELAY_MS = 14 * 60_000;

export interface Account {
  user: ReadonlySignal<UserView | null>;
  token: ReadonlySignal<string | null>;
  /** False until we know whether somebody is signed in. */
  isKnown: ReadonlySignal<boolean>;
  rest: Rest;
  restore: () => Promise<void>;
  register: (fields: { email: string; password: string; display_name: string }) => Promise<void>;
  logIn: (fields: { email: string; password: string }) => Promise<void>;
  logOut: () => Promise<void>;
  /** A fresh token; null if nobody is signed in any more. */
  refresh: () => Promise<string | null>;
  update: (changes: { display_name?: string; preferences?: Preferences }) => Promise<void>;
}

export function createAccount(storage: Storage = localStorage): Account {
  const signedIn = signal<SignedIn | null>(null);
  const isKnown = signal(false);
  let refreshing: Promise<string | null> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const token = computed(() => signedIn.value?.access_token ?? null);
  const rest = createRest({ token: () => token.peek(), refresh });

  function accept(next: SignedIn | null): void {
    clearTimeout(timer);
    signedIn.value = next;
    isKnown.value = true;
    if (!next) return storage.removeItem(HINT);
    storage.setItem(HINT, "1");
    const left = Date.parse(next.expires_at) - Date.now() - EARLY_MS;
    timer = setTimeout(() => void refresh(), Math.min(Math.max(left, MIN_DELAY_MS), MAX_DELAY_MS));
  }

  function refresh(): Promise<string | null> {
    refreshing ??= oneTabAtATime(renew).finally(() => (refreshing = null));
    return refreshing;
  }

  async function renew(): Promise<string | null> {
    try {
      accept((await rest<SignedIn>("POST", "/auth/refresh", { token: "" })).data);
    } catch (error) {
      if (!(error instanceof ConveneError)) throw error;
      // Only a refusal ends the sign-in; a server that is away for a moment does not.
      if (error.status === 401 || error.status === 403) accept(null);
      else timer = setTimeout(() => void refresh(), MIN_DELAY_MS);
    }
    return token.peek();
  }

  async function enter(path: string, body: object): Promise<void> {
    accept((await rest<SignedIn>("POST", path, { body, token: "" })).data);
  }

  // Another tab has signed out.
  addEventListener("storage", (event) => {
    if (event.key === HINT && event.newValue === null && signedIn.peek()) accept(null);
  });

  return {
    user: computed(() => signedIn.value?.user ?? null),
    token,
    isKnown,
    rest,
    refresh,
    restore: async () => {
      if (storage.getItem(HINT)) await refresh();
      isKnown.value = true;
    },
    register: (fields) => enter("/auth/register", fields),
    logIn: (fields) => enter("/auth/login", fields),
    logOut: async () => {
      try {
        await rest("POST", "/auth/logout", { body: {} });
      } finally {
        accept(null);
      }
    },
    update: async (changes) => {
      const { data } = await rest<UserView>("PATCH", "/users/me", { body: changes });
      const current = signedIn.peek();
      if (current) signedIn.value = { ...current, user: data };
    },
  };
}

/** The refresh cookie is good once: two tabs that use it together would look like a thief. */
async function oneTabAtATime(renew: () => Promise<string | null>): Promise<string | null> {
  return navigator.locks ? await navigator.locks.request("convene:refresh", renew) : await renew();
}
