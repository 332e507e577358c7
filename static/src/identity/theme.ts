// Light, dark, or as the system has it: applied at once, remembered on this device and in the account.

import { effect, signal, type ReadonlySignal } from "@preact/signals";

import type { Theme } from "../contract/types";
import type { Account } from "./account";

const KEY = "convene:theme";
const THEMES: readonly Theme[] = ["system", "light", "dark"];

export interface ThemeChoice {
  current: ReadonlySignal<Theme>;
  choose: (theme: Theme) => Promise<void>;
}

export function createTheme(account: Account, storage: Storage = localStorage): ThemeChoice {
  const remembered = THEMES.find((theme) => theme === storage.getItem(KEY)) ?? "system";
  const current = signal<Theme>(remembered);

  effect(() => {
    document.documentElement.dataset.theme = current.value;
    storage.setItem(KEY, current.value);
  });
  effect(() => {
    const user = account.user.value;
    if (user) current.value = user.preferences.theme;
  });

  return {
    current,
    choose: async (theme) => {
      current.value = theme;
      const preferences = account.user.peek()?.preferences;
      if (preferences) await account.update({ preferences: { ...preferences, theme } });
    },
  };
}
