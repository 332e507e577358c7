// Calls for somebody who looks elsewhere: by the browser and by a sound, as far as they want it and allowed it.

import type { NotificationSettings } from "../contract/types";

/** For those who have no account to keep a choice in: everything is told on the page, nothing beyond it. */
export const DEFAULT_SETTINGS: NotificationSettings = {
  joins: true,
  waiting: true,
  hands: true,
  messages: "all",
  sounds: false,
  browser: false,
};

export interface Outlets {
  isHidden: () => boolean;
  settings: () => NotificationSettings;
  /** Shows a notice outside the page; whoever chooses it comes back to it. */
  show: (title: string, text: string) => void;
  chime: () => void;
}

/** One for all that came at once: nobody is called twice for the same look. */
export type Call = (title: string, texts: readonly string[]) => void;

export function createCall({ isHidden, settings, show, chime }: Outlets): Call {
  return (title, texts) => {
    if (texts.length === 0 || !isHidden()) return;
    const { browser, sounds } = settings();
    if (browser) show(title, texts.join("\n"));
    if (sounds) chime();
  };
}

/** By the browser, if the person has allowed it; the same title replaces what it said before. */
export function showOutside(title: string, text: string): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  const notice = new Notification(title, { body: text, tag: title });
  notice.onclick = () => {
    window.focus();
    notice.close();
  };
}
