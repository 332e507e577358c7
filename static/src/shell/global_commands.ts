// What can be done on every page.

import { CircleUser, Keyboard, Languages, LogIn, LogOut, Settings, Monitor, Moon, Search, Sun } from "lucide";

import { useClient } from "../client";
import type { Theme } from "../contract/types";
import { words } from "../words";
import { LANGUAGES, ownNameOf } from "../words/locale";
import { useCommands, type Command } from "./commands";
import { destinationsFor } from "./navigation";

const THEME_ICONS: Record<Theme, typeof Sun> = { system: Monitor, light: Sun, dark: Moon };
const THEMES = Object.keys(THEME_ICONS) as Theme[];

export function useGlobalCommands(): void {
  useCommands([...useOwn(), ...usePlaces(), ...useThemes(), ...useLanguages(), ...useAccount()]);
}

/** The commands about commands: known by their keys, and of no use within the palette. */
function useOwn(): Command[] {
  const { commands } = useClient();
  return [
    {
      id: "palette",
      group: "page",
      title: words.shortcuts.palette,
      icon: Search,
      keys: "mod+k",
      run: () => commands.show("palette"),
    },
    {
      id: "shortcuts",
      group: "page",
      title: words.shortcuts.help,
      icon: Keyboard,
      keys: "?",
      run: () => commands.show("shortcuts"),
    },
  ];
}

function usePlaces(): Command[] {
  const { account, acting, router } = useClient();
  return destinationsFor(account.user.value, acting.tenant.value !== null).map(({ href, word, icon, keys }) => ({
    id: `go:${href}`,
    group: "go",
    title: word === "newSession" ? words.shell[word] : words.palette.goTo(words.shell[word]),
    icon,
    ...(keys && { keys }),
    run: () => router.go(href),
  }));
}

function useThemes(): Command[] {
  const { theme, toasts } = useClient();
  return THEMES.filter((each) => each !== theme.current.value).map((each) => ({
    id: `theme:${each}`,
    group: "appearance",
    title: words.palette.theme(words.shell.themes[each]),
    also: words.palette.themeAlso,
    icon: THEME_ICONS[each],
    run: () => void theme.choose(each).catch(toasts.complain),
  }));
}

function useLanguages(): Command[] {
  const { language, toasts } = useClient();
  return LANGUAGES.map((tag) => ({
    id: `language:${tag}`,
    group: "language",
    title: words.palette.language(ownNameOf(tag)),
    also: `language Sprache idioma ${tag}`,
    icon: Languages,
    run: () => void language.choose(tag).catch(toasts.complain),
  }));
}

const ACCOUNT_SECTIONS = ["profile", "preferences", "notifications", "security", "privacy"] as const;

function useAccount(): Command[] {
  const { account, router, toasts } = useClient();
  if (!account.isKnown.value) return [];
  const open = (path: string) => () => router.go(path);
  if (!account.user.value) {
    return [
      { id: "sign-in", group: "account", title: words.shell.signIn, icon: LogIn, run: open("/sign-in") },
      { id: "register", group: "account", title: words.shell.register, icon: CircleUser, run: open("/register") },
    ];
  }
  const signOut = async (): Promise<void> => {
    await account.logOut().catch(toasts.complain);
    router.go("/");
  };
  const sections = ACCOUNT_SECTIONS.map((name) => ({
    id: `account:${name}`,
    group: "account" as const,
    title: words.account.sections[name],
    also: words.account.settings,
    icon: Settings,
    run: open(`/account/${name}`),
  }));
  return [
    ...sections,
    { id: "sign-out", group: "account", title: words.shell.signOut, icon: LogOut, run: () => void signOut() },
  ];
}
