import { History } from "lucide";

import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { words } from "../words";

/** Says that what is in the form was typed before, and offers to begin afresh. */
export function RestoredNote({ onDiscard }: { onDiscard: () => void }) {
  return (
    <div class="remark restored" role="status">
      <Icon of={History} />
      <p>{words.form.restored}</p>
      <Button size="small" look="quiet" onClick={onDiscard}>
        {words.form.discard}
      </Button>
    </div>
  );
}
