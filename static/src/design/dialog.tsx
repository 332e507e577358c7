import { X } from "lucide";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

import { words } from "../words";
import { IconButton } from "./button";
import { useModal } from "./modal";

interface DialogProps {
  title: string;
  /**
   * Called on Escape, on the backdrop and on the cross; left out, one has to answer. Such a dialog comes unasked, so the
   * focus goes to its title: what somebody is typing at that moment is no answer.
   */
  onClose?: () => void;
  children: ComponentChildren;
  actions?: ComponentChildren;
  width?: "normal" | "wide";
}

/** A question in front of everything else. The browser keeps the focus inside and gives it back afterwards. */
export function Dialog({ width = "normal", ...rest }: DialogProps) {
  return <Modal {...rest} class={`dialog dialog-${width}`} />;
}

/** The same at the side of the window, or at its foot where it is narrow: for what needs room or comes often. */
export function Sheet(props: Omit<DialogProps, "width">) {
  return <Modal {...props} class="dialog sheet" />;
}

function Modal({ title, onClose, children, actions, class: looks }: Omit<DialogProps, "width"> & { class: string }) {
  const id = useId();
  const modal = useModal(onClose);
  return (
    <dialog {...modal} class={looks} aria-labelledby={id}>
      <div class="dialog-box">
        <header class="dialog-head">
          <h2 id={id} tabIndex={-1} autoFocus={!onClose}>
            {title}
          </h2>
          {onClose && <IconButton icon={X} label={words.actions.close} tip="none" onClick={onClose} />}
        </header>
        <div class="dialog-body">{children}</div>
        {actions && <footer class="dialog-actions">{actions}</footer>}
      </div>
    </dialog>
  );
}
