// Who is signed in. The access token lives in memory only; the refresh token is a cookie that scripts cannot read.

import { computed, signal, type ReadonlySignal } from "@preact/signals";

import type { MailSent, PreferenceChanges, SignedIn, UserView } from "../contract/types";
import { onAwake } from "../net/awake";
import { ConveneError } from "../net/error";
import { createRest, type Rest } from "../net/rest";
import { createActing, type Acting } from "./acting";
import { meantTenant } from "./meant_tenant";
import { serverNow } from "../net/server_clock";

/** Says that there is a cookie worth trying, so that strangers cause no failing request. */
const HINT = "convene:signed-in";
const EARLY_MS = 60_000;
const MIN_DELAY_MS = 30_000;
/** A clock that is set while we wait must not keep us from refreshing in time. */
const MAX_DELAY_MS = 14 * 60_000;

export interface Account {
  user: ReadonlySignal<UserView | null>;
  token: ReadonlySignal<string | null>;
  /** False until we know whether somebody is signed in. */
  isKnown: ReadonlySignal<boolean>;
  rest: Rest;
  restore: () => Promise<void>;
  /** "mailed": the site answers by mail, and the account is made by the link in it. */
  register: (fields: {
    email: string;
    password: string;
    display_name: string;
    invitation?: string;
  }) => Promise<"in" | "mailed">;
  confirmRegistration: (fields: { token: string; password: string }) => Promise<void>;
  logIn: (fields: { email: string; password: string }) => Promise<void>;
  takeSecondStep: (fields: { challenge: string; code: string }) => Promise<void>;
  logOut: () => Promise<void>;
  /** The account is no more, or the sign-in has ended elsewhere. */
  forget: () => void;
  /** A fresh token; null if nobody is signed in any more. */
  refresh: () => Promise<string | null>;
  update: (changes: { display_name?: string; username?: string; preferences?: PreferenceChanges }) => Promise<void>;
  /** Takes over how the account is by now, as another request has found it. */
  show: (user: UserView) => void;
}

export function createAccount(acting: Acting = createActing(), storage: Storage = localStorage): Account {
  const signedIn = signal<SignedIn | null>(null);
  const isKnown = signal(false);
  let refreshing: Promise<string | null> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const token = computed(() => signedIn.value?.access_token ?? null);
  const rest = createRest({ token: () => token.peek(), refresh, tenantFor: acting.tenantFor });

  function accept(next: SignedIn | null): void {
    clearTimeout(timer);
    acting.check(next?.user ?? null);
    signedIn.value = next;
    isKnown.value = true;
    if (!next) return storage.removeItem(HINT);
    storage.setItem(HINT, "1");
    timer = setTimeout(() => void refresh(), Math.min(Math.max(leftOf(next), MIN_DELAY_MS), MAX_DELAY_MS));
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
      else retryLater();
    }
    return token.peek();
  }

  function retryLater(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), MIN_DELAY_MS);
  }

  async function enter(path: string, body: object): Promise<void> {
    accept((await rest<SignedIn>("POST", path, { body, token: "" })).data);
  }

  const there = (): { tenant?: string } => {
    const tenant = meantTenant(storage);
    return tenant === null ? {} : { tenant };
  };

  // While a laptop's lid is closed its timers stand still, and the token runs out.
  onAwake(() => {
    const current = signedIn.peek();
    if (current && leftOf(current) <= 0) void refresh();
  });

  function show(user: UserView): void {
    const current = signedIn.peek();
    if (current) signedIn.value = { ...current, user };
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
      else accept(null);
      isKnown.value = true;
    },
    register: async (fields) => {
      const body = { ...fields, ...there() };
      const { data } = await rest<SignedIn | MailSent>("POST", "/auth/register", { body, token: "" });
      if ("mailed" in data) return "mailed";
      accept(data);
      return "in";
    },
    confirmRegistration: (fields) => enter("/auth/register/confirm", fields),
    logIn: (fields) => enter("/auth/login", { ...fields, ...there() }),
    takeSecondStep: (fields) => enter("/auth/second-step", fields),
    logOut: async () => {
      try {
        await rest("POST", "/auth/logout", { body: {} });
      } finally {
        accept(null);
      }
    },
    forget: () => accept(null),
    update: async (changes) => show((await rest<UserView>("PATCH", "/users/me", { body: changes })).data),
    show,
  };
}

/** Until the token should be renewed, in milliseconds. */
function leftOf({ expires_at }: SignedIn): number {
  return Date.parse(expires_at) - serverNow() - EARLY_MS;
}

/** The refresh cookie is good once: two tabs that use it together would look like a thief. */
async function oneTabAtATime(renew: () => Promise<string | null>): Promise<string | null> {
  return navigator.locks ? await navigator.locks.request("convene:refresh", renew) : await renew();
}
