import { useState } from "preact/hooks";

import { useClient } from "../client";
import { Button } from "../design/button";
import { Dialog, Sheet } from "../design/dialog";
import { TextField } from "../design/field";
import { Sample } from "./sample";

export function Overlays() {
  const { toasts } = useClient();
  const [opened, open] = useState<"dialog" | "sheet" | null>(null);
  const close = (): void => open(null);
  const Box = opened === "sheet" ? Sheet : Dialog;
  return (
    <Sample title="What opens" isRow>
      <Button onClick={() => open("dialog")}>Dialog</Button>
      <Button onClick={() => open("sheet")}>Sheet</Button>
      <Button
        onClick={() =>
          toasts.tell(() => "Session deleted", { label: () => "Undo", run: () => toasts.tell(() => "It is back") })
        }
      >
        Toast
      </Button>
      <Button onClick={() => toasts.complain(new Error("The server took too long to answer."))}>Problem</Button>
      {opened && (
        <Box
          title="Remove Gus?"
          onClose={close}
          actions={
            <>
              <Button onClick={close}>Cancel</Button>
              <Button look="danger" onClick={close}>
                Remove
              </Button>
            </>
          }
        >
          <p>They can come back with the link.</p>
          <TextField label="Reason" value="" onText={() => undefined} />
        </Box>
      )}
    </Sample>
  );
}
