import { X } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

import { words } from "../words";
import { IconButton } from "./button";

interface DialogProps {
  title: string;
  /** Called on Escape, on the backdrop and on the cross; left out, one has to answer. */
  onClose?: () => void;
  children: ComponentChildren;
  actions: ComponentChildren;
}

/** A question in front of everything else. The browser keeps the focus inside and gives it back afterwards. */
export function Dialog({ title, onClose, children, actions }: DialogProps) {
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onKeyDown={(event) => {
        // A second Escape would close even a dialog that has to be answered.
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onClose?.();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose?.();
      }}
    >
      <div class="dialog-box">
        <header class="dialog-head">
          <h2 id={id}>{title}</h2>
          {onClose && <IconButton icon={X} label={words.actions.close} tip="none" onClick={onClose} />}
        </header>
        <div class="dialog-body">{children}</div>
        <footer class="dialog-actions">{actions}</footer>
      </div>
    </dialog>
  );
}
