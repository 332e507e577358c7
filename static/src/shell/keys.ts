// Keys that do something, written as "mod+k", "shift+m" or "?": `mod` is Command on a Mac and Control elsewhere.

const isMac = (): boolean => /Mac OS|iPhone|iPad/.test(navigator.userAgent);

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

export function isPressed(keys: string, press: Press, onMac = isMac()): boolean {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  const wants = (part: string): boolean => parts.slice(0, -1).includes(part);
  const [mod, other] = onMac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  // Which signs need Shift depends on the keyboard: only for letters it says something.
  const isLetter = /^[a-z]$/i.test(key);
  return (
    press.key.toLowerCase() === key.toLowerCase() &&
    mod === wants("mod") &&
    !other &&
    press.altKey === wants("alt") &&
    (!isLetter || press.shiftKey === wants("shift"))
  );
}

/** As the keyboard names them. */
export function shownKeys(keys: string, onMac = isMac()): string[] {
  const names: Record<string, string> = onMac ? { mod: "⌘", shift: "⇧", alt: "⌥" } : { mod: "Ctrl", shift: "Shift" };
  return keys.split("+").map((part) => names[part] ?? (part.length > 1 ? part : part.toUpperCase()));
}

/** A key alone does nothing while somebody writes, or it could not be written. */
export function isAlone(keys: string): boolean {
  return !/^(mod|alt)\+/.test(keys);
}

export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=range])"))
  );
}
