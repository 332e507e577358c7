import { Plus } from "lucide";

import type { SessionView } from "../../contract/types";
import { Button } from "../../design/button";
import { Dialog } from "../../design/dialog";
import { words } from "../../words";
import { formatLongDay } from "../../words/days";
import type { Day } from "./days";
import { Entry } from "./entry";

interface DayDialogProps {
  day: Day;
  sessions: readonly SessionView[];
  onClose: () => void;
  onCreate: () => void;
}

/** Everything on one day, for which its square has no room. */
export function DayDialog({ day, sessions, onClose, onCreate }: DayDialogProps) {
  return (
    <Dialog
      title={formatLongDay(day)}
      onClose={onClose}
      actions={
        <Button look="primary" icon={Plus} onClick={onCreate}>
          {words.shell.newSession}
        </Button>
      }
    >
      <ul class="day-entries">
        {sessions.map((session) => (
          <li key={session.id}>
            <Entry session={session} look="full" />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
