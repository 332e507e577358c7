// Light, dark, or as the system has it.

import { computed, type ReadonlySignal } from "@preact/signals";

import type { Theme } from "../contract/types";
import type { PreferencesKept } from "./preferences";

export interface ThemeChoice {
  current: ReadonlySignal<Theme>;
  choose: (theme: Theme) => Promise<void>;
}

export function createTheme(preferences: PreferencesKept): ThemeChoice {
  return {
    current: computed(() => preferences.current.value.theme),
    choose: (theme) => preferences.change({ theme }),
  };
}
