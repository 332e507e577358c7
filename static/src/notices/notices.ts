// Telling of what happens beyond the page: by a sound, and to who looks elsewhere by the browser, as far as they want it.

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
  /** Milliseconds that only go forward. */
  now: () => number;
}

/** However much happens, there is silence for so long after a sound. */
export const QUIET_MS = 3_000;

/** One for all that came at once. */
export type Call = (title: string, texts: readonly string[]) => void;

export function createCall({ isHidden, settings, show, chime, now }: Outlets): Call {
  let soundedAt = -Infinity;
  return (title, texts) => {
    if (texts.length === 0) return;
    const { browser, sounds } = settings();
    if (browser && isHidden()) show(title, texts.join("\n"));
    if (!sounds || now() - soundedAt < QUIET_MS) return;
    soundedAt = now();
    chime();
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
