import { useState } from "preact/hooks";

import type { Preferences } from "../contract/types";
import { words } from "../words";
import { Segments, Switch } from "./choices";
import { Section } from "./section";
import { usePreference } from "./use_preference";

type Notifications = Preferences["notifications"];

const MESSAGES = ["all", "mentions", "none"] as const;

export function NotificationsSection() {
  const { preferences, isSaved, change } = usePreference();
  const { joins, waiting, hands, messages, sounds, browser } = preferences.notifications;
  const [isDenied, setDenied] = useState(false);
  const set = (notifications: Partial<Notifications>): void => change({ notifications });

  /** Only the browser itself can say yes, and only when it is asked by a click. */
  async function toggleBrowser(on: boolean): Promise<void> {
    const may = !on || (await Notification.requestPermission()) === "granted";
    setDenied(!may);
    set({ browser: on && may });
  }

  return (
    <>
      <Section title={words.account.tellOf} isSaved={isSaved}>
        <Switch label={words.account.joins} checked={joins} onToggle={(on) => set({ joins: on })} />
        <Switch label={words.account.waiting} checked={waiting} onToggle={(on) => set({ waiting: on })} />
        <Switch label={words.account.hands} checked={hands} onToggle={(on) => set({ hands: on })} />
        <Segments
          label={words.account.messages}
          value={messages}
          options={MESSAGES.map((value) => ({ value, label: words.account.messageChoices[value] }))}
          onChoose={(choice) => set({ messages: choice })}
        />
      </Section>
      <Section title={words.account.how}>
        <Switch
          label={words.account.sounds}
          hint={words.account.soundsHint}
          checked={sounds}
          onToggle={(on) => set({ sounds: on })}
        />
        {"Notification" in globalThis && (
          <Switch
            label={words.account.browser}
            hint={isDenied ? words.account.browserDenied : words.account.browserHint}
            checked={browser}
            onToggle={(on) => void toggleBrowser(on)}
          />
        )}
      </Section>
    </>
  );
}
