import type { IconNode } from "lucide";
import { Check } from "lucide";
import { createContext, type ComponentChildren } from "preact";
import { useContext, useRef } from "preact/hooks";

import { Icon } from "./icon";
import { isTyping, stepOf, typedTo } from "./menu_keys";
import { Opener, type OpenerProps } from "./popover";

const TYPED_TOGETHER_MS = 600;

const Closing = createContext<() => void>(() => undefined);

interface MenuProps extends Omit<OpenerProps, "role" | "onKeyDown" | "children" | "focusFirst"> {
  /** Its entries, drawn only while it is open. */
  children: ComponentChildren | ((close: () => void) => ComponentChildren);
}

/** A button with a list of things to do. Arrows, Home, End and the first letters move; Escape and Tab close. */
export function Menu({ children, ...opener }: MenuProps) {
  const typed = useRef({ text: "", at: 0 });

  function move(event: KeyboardEvent, sheet: HTMLElement, close: () => void): void {
    if (event.key === "Tab") return close();
    const items = entriesOf(sheet);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const goal = stepOf(event.key, at, items.length) ?? (isTyping(event) ? find(event, items, at) : undefined);
    if (goal === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (goal !== null) items[goal]?.focus();
  }

  function find(event: KeyboardEvent, items: readonly HTMLElement[], at: number): number | null {
    const now = event.timeStamp;
    const before = now - typed.current.at < TYPED_TOGETHER_MS ? typed.current.text : "";
    typed.current = { text: before + event.key, at: now };
    return typedTo(
      items.map((item) => item.textContent),
      typed.current.text,
      at,
    );
  }

  return (
    <Opener {...opener} role="menu" onKeyDown={move} focusFirst={(sheet) => entriesOf(sheet)[0]} focusLast={lastEntry}>
      {(close) => (
        <Closing.Provider value={close}>{typeof children === "function" ? children(close) : children}</Closing.Provider>
      )}
    </Opener>
  );
}

function entriesOf(sheet: HTMLElement): HTMLElement[] {
  return [...sheet.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)')];
}

function lastEntry(sheet: HTMLElement): HTMLElement | undefined {
  return entriesOf(sheet).at(-1);
}

interface MenuItemProps {
  icon?: IconNode;
  children: ComponentChildren;
  label?: string;
  /** What else brings it about, such as a key. */
  hint?: string;
  danger?: boolean;
  /** It is something that is on or off. */
  checked?: boolean;
  disabled?: boolean;
  onChoose: () => void;
}

/** Closes the menu, then does what it says. */
export function MenuItem({ icon, children, label, hint, danger, checked, disabled, onChoose }: MenuItemProps) {
  const close = useContext(Closing);
  const isChoice = checked !== undefined;
  const shown = isChoice && checked ? Check : icon;
  return (
    <button
      type="button"
      role={isChoice ? "menuitemcheckbox" : "menuitem"}
      tabIndex={-1}
      class={`popover-item ${danger ? "popover-danger" : ""}`}
      aria-label={label}
      aria-checked={checked}
      disabled={disabled}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
      onClick={() => {
        close();
        onChoose();
      }}
    >
      {shown ? <Icon of={shown} size={16} /> : <span class="popover-gap" />}
      <span class="popover-text">{children}</span>
      {hint && <kbd class="key">{hint}</kbd>}
    </button>
  );
}

/** Entries that belong together, under a line and, if they have one, a name. */
export function MenuGroup({ label, children }: { label?: string; children: ComponentChildren }) {
  return (
    <div role="group" class="menu-group" aria-label={label}>
      {label && (
        <p class="menu-label" aria-hidden="true">
          {label}
        </p>
      )}
      {children}
    </div>
  );
}
