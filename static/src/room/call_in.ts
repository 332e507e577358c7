// Calls somebody back to the page who waits in another window: by the tab's title and icon, and if they asked for it,
// by a notice of the system and a sound.

import { useEffect, useRef, useState } from "preact/hooks";

import { chime } from "../notices/sound";
import { words } from "../words";

const KEY = "convene:call-in";

export type Calling = "off" | "on" | "refused";

/** Whether somebody asked to be called, and the browser lets us. */
export function callingNow(storage: Storage = localStorage): Calling {
  if (!("Notification" in globalThis) || Notification.permission === "denied") return "refused";
  return storage.getItem(KEY) && Notification.permission === "granted" ? "on" : "off";
}

/** Asks the browser to be allowed to call, or stops calling. */
export async function setCalling(isWanted: boolean, storage: Storage = localStorage): Promise<Calling> {
  if (isWanted) storage.setItem(KEY, "1");
  else storage.removeItem(KEY);
  if (isWanted) await Notification.requestPermission();
  return callingNow(storage);
}

/** True from being let in until the page has been looked at. */
export function useCalledIn(phase: string, title: string): boolean {
  const before = useRef(phase);
  const [isCalling, setIsCalling] = useState(false);

  useEffect(() => {
    const isLetIn = before.current === "waiting" && phase === "inside";
    before.current = phase;
    if (!isLetIn || !document.hidden) return undefined;
    setIsCalling(true);
    if (callingNow() === "on") call(title);
    const seen = (): void => {
      if (!document.hidden) setIsCalling(false);
    };
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, [phase]);

  useEffect(() => (isCalling ? badge() : undefined), [isCalling]);
  return isCalling;
}

function call(title: string): void {
  const notice = new Notification(words.waiting.letIn, { body: title, tag: KEY });
  notice.onclick = () => {
    window.focus();
    notice.close();
  };
  chime();
}

/** A dot on the tab's icon; returns how to take it away. */
function badge(): () => void {
  const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  if (!icon) return () => undefined;
  const plain = icon.href;
  const dot = encodeURIComponent("<circle cx='25' cy='7' r='7' fill='#d92d20' stroke='#fff' stroke-width='2'/></svg>");
  icon.href = plain.replace(/(%3C\/svg%3E|<\/svg>)$/i, dot);
  return () => (icon.href = plain);
}
