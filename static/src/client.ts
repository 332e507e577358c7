// What every page can use: made once when the page loads, handed down to the views.

import { createContext } from "preact";
import { useContext } from "preact/hooks";

import { createToasts, type Toasts } from "./design/toasts";
import { createAccount, type Account } from "./identity/account";
import { createActing, type Acting } from "./identity/acting";
import { createLanguage, type LanguageChoice } from "./identity/language";
import { createPreferences, type PreferencesKept } from "./identity/preferences";
import { createSite, type Site } from "./identity/site";
import { createTheme, type ThemeChoice } from "./identity/theme";
import type { Rest } from "./net/rest";
import { createRouter, type Router } from "./router";
import { createCommands, type Commands } from "./shell/commands";
import { words } from "./words";

export interface Client {
  account: Account;
  acting: Acting;
  commands: Commands;
  language: LanguageChoice;
  preferences: PreferencesKept;
  rest: Rest;
  router: Router;
  site: Site;
  theme: ThemeChoice;
  toasts: Toasts;
}

export function createClient(): Client {
  const acting = createActing();
  const account = createAccount(acting);
  const preferences = createPreferences(account);
  return {
    account,
    acting,
    commands: createCommands(),
    language: createLanguage(preferences),
    preferences,
    rest: account.rest,
    router: createRouter(),
    site: createSite(account, acting),
    theme: createTheme(preferences),
    toasts: createToasts(() => words.errors.unexpected),
  };
}

export const ClientContext = createContext<Client | null>(null);

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error("This view is not inside a ClientContext.");
  return client;
}
