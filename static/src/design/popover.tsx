import type { IconNode } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import { Icon } from "./icon";

const GAP = 8;

interface PopoverProps {
  /** The name of the button that opens it, and of what it opens. */
  label: string;
  icon: IconNode;
  /** The button's own classes. */
  class?: string;
  /** Show the label in the button, not only on hover. */
  text?: boolean;
  side?: "above" | "below";
  /** What is in it: rendered only while it is open. */
  children: (close: () => void) => ComponentChildren;
}

/** A button that opens a small sheet of further buttons. Escape or a click elsewhere closes it; arrow keys move. */
export function Popover({
  label,
  icon,
  class: extra = "icon-button button-quiet button-normal",
  text,
  side = "below",
  children,
}: PopoverProps) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = (): void => sheet.current?.hidePopover();

  useEffect(() => {
    if (!isOpen || !sheet.current || !trigger.current) return;
    place(sheet.current, trigger.current, side);
    firstButton(sheet.current)?.focus();
  }, [isOpen, side]);

  return (
    <>
      <button
        ref={trigger}
        type="button"
        class={`button ${extra}`}
        aria-label={label}
        aria-expanded={isOpen}
        aria-haspopup="true"
        data-tip={text || isOpen ? undefined : label}
        data-tip-side={side === "below" ? "left" : "above"}
        onClick={() => sheet.current?.togglePopover()}
      >
        <Icon of={icon} />
        {text && <span class="button-text">{label}</span>}
      </button>
      <div
        ref={sheet}
        id={id}
        popover="auto"
        class="popover"
        role="group"
        aria-label={label}
        onToggle={(event) => {
          const opened = (event as unknown as ToggleEvent).newState === "open";
          setOpen(opened);
        }}
        onKeyDown={(event) => moveFocus(event, sheet.current)}
      >
        {isOpen && children(close)}
      </div>
    </>
  );
}

function firstButton(sheet: HTMLElement): HTMLElement | null {
  return sheet.querySelector<HTMLElement>("button:not(:disabled), a[href], input");
}

function moveFocus(event: KeyboardEvent, sheet: HTMLElement | null): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  const step = steps[event.key];
  if (!step || !sheet || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  const buttons = [...sheet.querySelectorAll<HTMLElement>("button:not(:disabled), a[href]")];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}

/** Beside its button, and always within the window. */
function place(sheet: HTMLElement, trigger: HTMLElement, side: "above" | "below"): void {
  const button = trigger.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = sheet;
  const below = button.bottom + GAP;
  const above = button.top - GAP - height;
  const fitsBelow = below + height <= innerHeight - GAP;
  const top = side === "below" && fitsBelow ? below : above >= GAP ? above : below;
  const left =
    button.right - width >= GAP && button.left + width > innerWidth - GAP ? button.right - width : button.left;
  sheet.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`;
  sheet.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
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
      <span>{children}</span>
    </button>
  );
}
