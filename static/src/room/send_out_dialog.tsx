import { useState } from "preact/hooks";

import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { TextField } from "../design/field";
import { words } from "../words";
import type { Acts } from "./rights";

interface SendOutProps {
  name: string;
  acts: Acts;
  onClose: () => void;
  onChoose: (verb: "kick" | "ban", reason: string) => void;
}

/** Sends somebody out and tells them why. */
export function SendOutDialog({ name, acts, onClose, onChoose }: SendOutProps) {
  const [reason, setReason] = useState("");
  return (
    <Dialog
      title={words.people.sendOutTitle(name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          {acts.canBan && (
            <Button look="secondary" onClick={() => onChoose("ban", reason.trim())}>
              {words.people.banConfirm}
            </Button>
          )}
          {acts.canKick && (
            <Button look="danger" onClick={() => onChoose("kick", reason.trim())}>
              {words.people.kickConfirm}
            </Button>
          )}
        </>
      }
    >
      <p>{words.people.sendOutHint}</p>
      <TextField label={words.people.reason} maxLength={300} value={reason} onText={setReason} />
    </Dialog>
  );
}
