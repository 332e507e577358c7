import { useMemo } from "preact/hooks";

import type { Preferences } from "../contract/types";
import { words } from "../words";
import { LANGUAGES, locale, ownNameOf } from "../words/locale";
import { Choice, Segments, Switch } from "./choices";
import { Section } from "./section";
import { usePreference } from "./use_preference";
import { timeIn, zoneOptions } from "./zones";

type Accessibility = Preferences["accessibility"];

const SIZES = ["small", "normal", "large", "larger"] as const;
const CONTRASTS = { system: null, normal: false, more: true } as const;
const MOTIONS = { system: null, reduced: true } as const;
const THEMES = ["system", "light", "dark"] as const;

const nameOfContrast = (high: boolean | null): keyof typeof CONTRASTS =>
  high === null ? "system" : high ? "more" : "normal";
const nameOfMotion = (reduced: boolean | null): keyof typeof MOTIONS => (reduced ? "reduced" : "system");

const optionsOf = <K extends string>(keys: readonly K[], names: Record<K, string>): { value: K; label: string }[] =>
  keys.map((value) => ({ value, label: names[value] }));

export function PreferencesSection() {
  return (
    <>
      <LanguageAndTime />
      <Appearance />
      <ScreenReader />
    </>
  );
}

function LanguageAndTime() {
  const { preferences, isSaved, change } = usePreference();
  const { language, timezone } = preferences;
  const zones = useMemo(() => zoneOptions(timezone), [timezone]);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Section title={words.account.languageAndTime} isSaved={isSaved}>
      <Choice
        label={words.account.language}
        value={language ?? ""}
        options={[
          { value: "", label: words.account.asBrowser },
          ...LANGUAGES.map((tag) => ({ value: tag, label: ownNameOf(tag) })),
        ]}
        onChoose={(tag) => change({ language: tag || null })}
      />
      <Choice
        label={words.account.timeZone}
        hint={words.account.timeNow(timeIn(timezone ?? own, locale.value))}
        value={timezone ?? ""}
        options={[{ value: "", label: words.account.asDevice(own) }, ...zones]}
        onChoose={(zone) => change({ timezone: zone || null })}
      />
    </Section>
  );
}

function Appearance() {
  const { preferences, isSaved, change } = usePreference();
  const { enable_high_contrast: contrast, reduce_motion: motion, font_size } = preferences.accessibility;
  const access = (accessibility: Partial<Accessibility>): void => change({ accessibility });
  return (
    <Section title={words.account.appearance} isSaved={isSaved}>
      <Segments
        label={words.shell.theme}
        value={preferences.theme}
        options={optionsOf(THEMES, words.shell.themes)}
        onChoose={(theme) => change({ theme })}
      />
      <Segments
        label={words.account.contrast}
        value={nameOfContrast(contrast)}
        options={optionsOf(["system", "normal", "more"] as const, words.account.contrasts)}
        onChoose={(key) => access({ enable_high_contrast: CONTRASTS[key] })}
      />
      <Segments
        label={words.account.textSize}
        value={font_size}
        options={optionsOf(SIZES, words.account.sizes)}
        onChoose={(size) => access({ font_size: size })}
      />
      <Segments
        label={words.account.motion}
        value={nameOfMotion(motion)}
        options={optionsOf(["system", "reduced"] as const, words.account.motions)}
        onChoose={(key) => access({ reduce_motion: MOTIONS[key] })}
      />
    </Section>
  );
}

function ScreenReader() {
  const { preferences, isSaved, change } = usePreference();
  return (
    <Section title={words.account.screenReader} isSaved={isSaved}>
      <Switch
        label={words.account.announce}
        hint={words.account.announceHint}
        checked={preferences.accessibility.enable_screen_reader}
        onToggle={(on) => change({ accessibility: { enable_screen_reader: on } })}
      />
    </Section>
  );
}
