import type { RefObject, TargetedEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Modal {
  ref: RefObject<HTMLDialogElement | null>;
  onCancel: (event: Event) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onClick: (event: TargetedEvent<HTMLDialogElement, MouseEvent>) => void;
}

/**
 * What makes a <dialog> stand in front of everything else for as long as it is drawn. The browser keeps the focus inside;
 * it goes back to where it was afterwards. `onClose` is called on Escape and on the backdrop; left out, one has to answer.
 */
export function useModal(onClose?: () => void): Modal {
  const ref = useRef<HTMLDialogElement>(null);

  // In the same turn as it is drawn: what is typed right after a key that opened it is meant for its field.
  useLayoutEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return {
    ref,
    onCancel: (event) => {
      event.preventDefault();
      onClose?.();
    },
    onKeyDown: (event) => {
      // A second Escape would close even a dialog that has to be answered.
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      onClose?.();
    },
    onClick: (event) => {
      if (event.target === ref.current) onClose?.();
    },
  };
}
