import { useState } from "preact/hooks";

import { useClient } from "../client";
import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { words } from "../words";

interface ConfirmProps {
  title: string;
  text: string;
  /** What the button says that does it. */
  yes: string;
  onClose: () => void;
  /** The dialog stays open if this fails, and says why. */
  onYes: () => Promise<void>;
}

/** Asks once more before something that cannot be undone. */
export function ConfirmDialog({ title, text, yes, onClose, onYes }: ConfirmProps) {
  const { toasts } = useClient();
  const [isBusy, setBusy] = useState(false);

  async function confirm(): Promise<void> {
    setBusy(true);
    try {
      await onYes();
      onClose();
    } catch (error) {
      toasts.complain(error);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button look="danger" busy={isBusy} onClick={() => void confirm()}>
            {yes}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}
