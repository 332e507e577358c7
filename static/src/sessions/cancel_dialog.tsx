import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { TextArea } from "../design/field";
import { words } from "../words";
import { Problem, problemOf } from "../words/say";

const MOST_CHARACTERS = 500;

interface CancelDialogProps {
  session: SessionView;
  onClose: () => void;
  onCancelled: () => void;
}

/** Calls a session off. The reason stays where it was typed until the server has it. */
export function CancelDialog({ session, onClose, onCancelled }: CancelDialogProps) {
  const { rest } = useClient();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<Error>();
  const [isBusy, setBusy] = useState(false);

  async function confirm(): Promise<void> {
    if (!reason.trim()) return setError(new Problem(() => words.sessions.needReason));
    setBusy(true);
    try {
      await rest("POST", `/sessions/${session.id}/cancel`, { body: { reason: reason.trim() } });
      onCancelled();
    } catch (failure) {
      setError(problemOf(failure));
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={words.sessions.cancelTitle(session.title)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.sessions.keep}</Button>
          <Button look="danger" busy={isBusy} onClick={() => void confirm()}>
            {words.sessions.cancelSession}
          </Button>
        </>
      }
    >
      <p>{words.sessions.cancelHint}</p>
      <TextArea
        label={words.sessions.reason}
        maxLength={MOST_CHARACTERS}
        value={reason}
        onText={(text) => {
          setReason(text);
          setError(undefined);
        }}
        error={error?.message}
      />
    </Dialog>
  );
}
