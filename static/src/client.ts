// What every page can use: made once when the page loads, handed down to the views.

import { createContext } from "preact";
import { useContext } from "preact/hooks";

import { createToasts, type Toasts } from "./design/toasts";
import { createAccount, type Account } from "./identity/account";
import { createTheme, type ThemeChoice } from "./identity/theme";
import type { Rest } from "./net/rest";
import { createRouter, type Router } from "./router";
import { words } from "./words";

export interface Client {
  account: Account;
  rest: Rest;
  router: Router;
  theme: ThemeChoice;
  toasts: Toasts;
}

export function createClient(): Client {
  const account = createAccount();
  return {
    account,
    rest: account.rest,
    router: createRouter(),
    theme: createTheme(account),
    toasts: createToasts(words.errors.unexpected),
  };
}

export const ClientContext = createContext<Client | null>(null);

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error("This view is not inside a ClientContext.");
  return client;
}
