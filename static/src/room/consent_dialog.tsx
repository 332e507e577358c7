import { useEffect, useState } from "preact/hooks";

import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { words } from "../words";
import { mustConsent, useInside } from "./room";

/** Asks everybody as soon as a recording runs. It has to be answered: by agreeing or by leaving. */
export function ConsentDialog() {
  const { room, state, me } = useInside();
  const [isAnswered, setAnswered] = useState(false);
  const recordingId = state.recording?.id;

  useEffect(() => setAnswered(false), [recordingId]);

  if (isAnswered || !mustConsent(state, me)) return null;
  return (
    <Dialog
      title={words.recording.consentTitle}
      actions={
        <>
          <Button onClick={() => void room.leave()}>{words.recording.disagree}</Button>
          <Button
            look="primary"
            onClick={() => {
              setAnswered(true);
              void room.order("participant:consent", { consent: true }).then(setAnswered);
            }}
          >
            {words.recording.agree}
          </Button>
        </>
      }
    >
      <p>{words.recording.consentHint}</p>
    </Dialog>
  );
}
