// What an icon means, beside it: for those who rest the pointer on something with data-tip, or come to it by keyboard.
// It is for the eye only. A screen reader has the name, or the description, of the element itself.

import type { Placement } from "@floating-ui/dom";

import { keepBeside } from "./beside";
import { isRightToLeft } from "./direction";

const REST_MS = 400;
/** "left" and "right" are those of a page written from left to right. */
const PLACEMENTS: Record<string, Placement> = { above: "top", below: "bottom", left: "left", right: "right" };
const MIRRORED: Record<string, Placement> = { ...PLACEMENTS, left: "right", right: "left" };

export function showTips(root: Document): void {
  const tip = root.createElement("div");
  tip.className = "tip";
  tip.popover = "manual";
  tip.setAttribute("aria-hidden", "true");
  root.body.append(tip);

  let owner: HTMLElement | null = null;
  /** Pressed: whoever acts knows what it does, until the pointer comes anew. */
  let pressed: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = (): void => undefined;

  function hide(): void {
    clearTimeout(timer);
    stop();
    owner = null;
    if (tip.matches(":popover-open")) tip.hidePopover();
  }

  function show(next: HTMLElement): void {
    if (!next.isConnected || !next.dataset.tip) return;
    hide();
    owner = next;
    tip.dataset.text = next.dataset.tip;
    tip.showPopover();
    stop = keepBeside(next, tip, (isRightToLeft() ? MIRRORED : PLACEMENTS)[next.dataset.tipSide ?? "above"] ?? "top");
  }

  root.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || event.target === tip) return;
    const next = tipped(event.target);
    if (next !== pressed) pressed = null;
    if (next === owner || (next && next === pressed)) return;
    hide();
    if (next) timer = setTimeout(() => show(next), REST_MS);
  });
  root.addEventListener("focusin", (event) => {
    const next = tipped(event.target);
    if (next?.matches(":focus-visible")) show(next);
  });
  root.addEventListener("focusout", hide);
  root.addEventListener("pointerdown", (event) => {
    pressed = tipped(event.target);
    hide();
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Enter" || event.key === " ") hide();
  });
  // What is pointed at can go away under the pointer.
  new MutationObserver(() => owner && !owner.isConnected && hide()).observe(root.body, {
    childList: true,
    subtree: true,
  });
}

function tipped(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
}
