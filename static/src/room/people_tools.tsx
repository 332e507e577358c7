import { ChartColumn, ShieldQuestion, Volume2, VolumeX } from "lucide";

import { Button, IconButton } from "../design/button";
import { words } from "../words";
import { useMuteAll } from "./mute_all";
import { useRights } from "./room";

/** What the panel shows in place of the list. */
export type PeopleView = "list" | "statistics" | "roles";

/** What else there is to know of the people. */
export function PeopleViews({ onView }: { onView: (view: PeopleView) => void }) {
  const { permissions } = useRights().rights;
  return (
    <>
      {permissions.has("statistics:view") && (
        <IconButton icon={ChartColumn} label={words.statistics.title} onClick={() => onView("statistics")} />
      )}
      <IconButton icon={ShieldQuestion} label={words.rights.title} onClick={() => onView("roles")} />
    </>
  );
}

/** What hosts do to everybody at once. */
export function PeopleTools() {
  const { permissions } = useRights().rights;
  const muteAll = useMuteAll();
  const [mayMute, mayUnmute] = [permissions.has("participant:mute"), permissions.has("participant:unmute")];
  if (!mayMute && !mayUnmute) return null;
  return (
    <div class="people-tools">
      {mayMute && (
        <Button size="small" icon={VolumeX} onClick={() => void muteAll.mute()}>
          {words.room.muteAll}
        </Button>
      )}
      {mayUnmute && (
        <Button size="small" icon={Volume2} onClick={() => void muteAll.unmute()}>
          {words.room.unmuteAll}
        </Button>
      )}
    </div>
  );
}
