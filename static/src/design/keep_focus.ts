// What has the focus can go away: whoever is admitted leaves the line, and a button that has done its work is replaced.
// Then the focus goes to what is nearest, so that nobody at a keyboard has to begin again at the top of the page.

const FOCUSABLE = ["a[href]", "button", "input", "select", "textarea", "[tabindex]"]
  .map((each) => `${each}:not(:disabled, [tabindex="-1"])`)
  .join(", ");

export function keepFocus(root: Document): void {
  let last: Element | null = null;
  root.addEventListener("focusin", (event) => (last = event.target as Element));
  // A click on nothing takes the focus away on purpose.
  root.addEventListener("pointerdown", () => (last = null), { capture: true });

  const observer = new MutationObserver((changes) => {
    if (!last || last.isConnected || root.activeElement !== root.body) return;
    const gone = last;
    last = null;
    const removal = changes.find(
      ({ target, removedNodes }) => target.isConnected && [...removedNodes].some((node) => node.contains(gone)),
    );
    if (removal) nearest(removal)?.focus();
  });
  observer.observe(root, { childList: true, subtree: true });
}

/** Something that can have the focus: after what was removed, before it, or else around it. */
function nearest({ nextSibling, previousSibling, target }: MutationRecord): HTMLElement | null {
  for (let node = nextSibling; node; node = node.nextSibling) {
    const found = focusableIn(node);
    if (found) return found;
  }
  for (let node = previousSibling; node; node = node.previousSibling) {
    const found = focusableIn(node);
    if (found) return found;
  }
  for (let node: Node | null = target; node && node !== document.body; node = node.parentNode) {
    const found = focusableIn(node);
    if (found) return found;
  }
  return null;
}

function focusableIn(node: Node): HTMLElement | null {
  if (!(node instanceof HTMLElement)) return null;
  const candidates = [node, ...node.querySelectorAll<HTMLElement>("*")];
  return candidates.find((each) => each.matches(FOCUSABLE) && each.checkVisibility()) ?? null;
}
