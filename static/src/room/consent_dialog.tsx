import { useEffect, useState } from "preact/hooks";

import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { words } from "../words";
import { formatTime } from "../words/format";
import { mustConsent, usePart, useRights, useRoom } from "./room";

/** Asks everybody as soon as a recording runs. It has to be answered: by agreeing or by leaving. */
export function ConsentDialog() {
  const room = useRoom();
  const { me } = useRights();
  const [isAnswered, setAnswered] = useState(false);
  const recording = usePart((state) => state.recording);
  const asks = usePart(({ session }) => session.settings.recording_consent);
  const starter = usePart(({ participants, recording: now }) => participants[now?.started_by ?? ""]?.display_name);
  const recordingId = recording?.id;

  useEffect(() => setAnswered(false), [recordingId]);

  if (isAnswered || !recording || !mustConsent(recording, asks, me)) return null;
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
      {starter && <p>{words.recording.consentBy(starter, formatTime(recording.started_at))}</p>}
      <ul class="plain-points">
        {words.recording.consentMeans.map((means) => (
          <li key={means}>{means}</li>
        ))}
      </ul>
      <p>{words.recording.consentStay}</p>
    </Dialog>
  );
}
