// What the keys do while one watches: as in the players that people know. Pure.

export type PlayerAct =
  | { do: "toggle" }
  | { do: "step"; byS: number }
  | { do: "faster" }
  | { do: "slower" }
  | { do: "share"; of: number }
  | { do: "moment"; direction: 1 | -1 };

const STEP_S = 5;
const LEAP_S = 10;

interface Pressed {
  key: string;
  shiftKey?: boolean;
  ctrlKey?: boolean;
  metaKey?: boolean;
  altKey?: boolean;
}

export function actOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): PlayerAct | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (/^[0-9]$/.test(key)) return { do: "share", of: Number(key) / 10 };
  switch (key) {
    case " ":
    case "k":
    case "K":
      return { do: "toggle" };
    case "ArrowRight":
      return shiftKey ? { do: "moment", direction: 1 } : { do: "step", byS: STEP_S };
    case "ArrowLeft":
      return shiftKey ? { do: "moment", direction: -1 } : { do: "step", byS: -STEP_S };
    case "l":
    case "L":
      return { do: "step", byS: LEAP_S };
    case "j":
    case "J":
      return { do: "step", byS: -LEAP_S };
    case "n":
      return { do: "moment", direction: 1 };
    case "p":
      return { do: "moment", direction: -1 };
    case ">":
      return { do: "faster" };
    case "<":
      return { do: "slower" };
    case "Home":
      return { do: "share", of: 0 };
    case "End":
      return { do: "share", of: 1 };
    default:
      return null;
  }
}

/** Keys that something else under the focus needs: what one writes into, and what one opens or moves by itself. */
export function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("input:not([type=range]), textarea, select, [contenteditable], dialog, [popover]")) return true;
  if (key === " ") return target.closest("button, a, summary, [role=tab]") !== null;
  return /^(Arrow|Home|End)/.test(key) && target.closest("[role=tablist], [role=log], .virtual, [role=menu]") !== null;
}
