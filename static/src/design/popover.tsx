import type { IconNode } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { keepBeside } from "./beside";
import { alongLine } from "./direction";
import { Icon } from "./icon";

export interface OpenerProps {
  /** The name of the button that opens it, and of what it opens. */
  label: string;
  icon: IconNode;
  /** What the button shows in the place of the icon. */
  face?: ComponentChildren;
  /** The button's own classes. */
  class?: string;
  /** Show the label in the button, not only on hover. */
  text?: boolean;
  side?: "above" | "below";
  role: "menu" | "group";
  onKeyDown: (event: KeyboardEvent, sheet: HTMLElement, close: () => void) => void;
  focusFirst: (sheet: HTMLElement) => HTMLElement | null | undefined;
  focusLast?: (sheet: HTMLElement) => HTMLElement | null | undefined;
  /** What is in it: rendered only while it is open. */
  children: (close: () => void) => ComponentChildren;
}

/** A button and what it opens beside itself. Escape or a click elsewhere closes it and gives the focus back. */
export function Opener({
  label,
  icon,
  face,
  class: extra = "icon-button button-quiet button-normal",
  text,
  side = "below",
  role,
  onKeyDown,
  focusFirst,
  focusLast = focusFirst,
  children,
}: OpenerProps) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const fromEnd = useRef(false);
  const [isOpen, setOpen] = useState(false);
  const close = (): void => sheet.current?.hidePopover();

  useEffect(() => {
    if (!isOpen || !sheet.current || !trigger.current) return undefined;
    const stop = keepBeside(trigger.current, sheet.current, side === "below" ? "bottom-start" : "top-start");
    const first = (fromEnd.current ? focusLast : focusFirst)(sheet.current);
    first?.focus({ preventScroll: true });
    fromEnd.current = false;
    return stop;
  }, [isOpen, side]);

  return (
    <>
      <button
        ref={trigger}
        type="button"
        class={`button ${extra}`}
        aria-label={label}
        aria-expanded={isOpen}
        aria-haspopup={role === "menu" ? "menu" : "true"}
        aria-controls={isOpen ? id : undefined}
        data-tip={text || isOpen ? undefined : label}
        data-tip-side={side === "below" ? "left" : "above"}
        onClick={() => sheet.current?.togglePopover()}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          fromEnd.current = event.key === "ArrowUp";
          sheet.current?.showPopover();
        }}
      >
        {face ?? <Icon of={icon} />}
        {text && <span class="button-text">{label}</span>}
      </button>
      <div
        ref={sheet}
        id={id}
        popover="auto"
        class="popover"
        role={role}
        aria-label={label}
        onToggle={(event) => setOpen((event as unknown as ToggleEvent).newState === "open")}
        onKeyDown={(event) => sheet.current && onKeyDown(event, sheet.current, close)}
      >
        {isOpen && children(close)}
      </div>
    </>
  );
}

type PopoverProps = Omit<OpenerProps, "role" | "onKeyDown" | "focusFirst" | "focusLast">;

/** A button that opens a small sheet of anything: choices, an account, reactions. What is only a list to do is a Menu. */
export function Popover(props: PopoverProps) {
  return <Opener {...props} role="group" onKeyDown={moveFocus} focusFirst={firstControl} />;
}

function firstControl(sheet: HTMLElement): HTMLElement | null {
  return sheet.querySelector<HTMLElement>("button:not(:disabled), a[href], input");
}

function moveFocus(event: KeyboardEvent, sheet: HTMLElement): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  const step = steps[alongLine(event.key)];
  if (!step || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  const buttons = [...sheet.querySelectorAll<HTMLElement>("button:not(:disabled), a[href]")];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}

interface PopoverItemProps {
  icon?: IconNode;
  children: ComponentChildren;
  label?: string;
  danger?: boolean;
  pressed?: boolean;
  disabled?: boolean;
  onChoose: () => void;
}

export function PopoverItem({ icon, children, label, danger, pressed, disabled, onChoose }: PopoverItemProps) {
  return (
    <button
      type="button"
      class={`popover-item ${danger ? "popover-danger" : ""}`}
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onChoose}
    >
      {icon ? <Icon of={icon} size={16} /> : <span class="popover-gap" />}
      <span class="popover-text">{children}</span>
    </button>
  );
}
