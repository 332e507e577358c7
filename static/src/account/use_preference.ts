import { useClient } from "../client";
import type { PreferenceChanges, Preferences } from "../contract/types";
import { useSaving } from "./use_saving";

/** The preferences as they are, and a way to change some of them that says when they are kept. */
export function usePreference(): {
  preferences: Preferences;
  isSaved: boolean;
  change: (changes: PreferenceChanges) => void;
} {
  const { preferences } = useClient();
  const { isSaved, save } = useSaving();
  return {
    preferences: preferences.current.value,
    isSaved,
    change: (changes) => void save(() => preferences.change(changes)),
  };
}
