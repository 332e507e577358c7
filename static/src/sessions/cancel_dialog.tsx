import { useState } from "preact/hooks";

import type { SessionView } from "../contract/types";
import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { TextArea } from "../design/field";
import { words } from "../words";

interface CancelDialogProps {
  session: SessionView;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}

export function CancelDialog({ session, onClose, onConfirm }: CancelDialogProps) {
  const [reason, setReason] = useState("");
  const [isWrong, setWrong] = useState(false);

  function confirm(): void {
    if (reason.trim()) onConfirm(reason.trim());
    else setWrong(true);
  }

  return (
    <Dialog
      title={words.sessions.cancelTitle(session.title)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.sessions.keep}</Button>
          <Button look="danger" onClick={confirm}>
            {words.sessions.cancelSession}
          </Button>
        </>
      }
    >
      <p>{words.sessions.cancelHint}</p>
      <TextArea
        label={words.sessions.reason}
        maxLength={500}
        value={reason}
        onText={(text) => {
          setReason(text);
          setWrong(false);
        }}
        error={isWrong ? words.sessions.needReason : undefined}
      />
    </Dialog>
  );
}
