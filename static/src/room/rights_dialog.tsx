import type { ParticipantView } from "../contract/types";
import { Dialog } from "../design/dialog";
import { onDemand } from "../design/on_demand";
import { words } from "../words";

const RightsForm = onDemand(async () => (await import("./rights_form")).RightsForm);

/** What one person may do, and why. */
export function RightsDialog({ person, onClose }: { person: ParticipantView; onClose: () => void }) {
  return (
    <Dialog width="wide" title={words.rights.of(person.display_name)} onClose={onClose}>
      <RightsForm person={person} onClose={onClose} />
    </Dialog>
  );
}
