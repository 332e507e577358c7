import { Copy } from "lucide";

import { useClient } from "../../client";
import type { NewApiKey } from "../../contract/types";
import { Button } from "../../design/button";
import { copyText } from "../../design/copy_text";
import { Dialog } from "../../design/dialog";
import { words } from "../../words";

/** The key, this once. Nothing but an answer closes it: whoever presses Escape by mistake would have lost the key. */
export function NewKeyDialog({ made: { name, key }, onClose }: { made: NewApiKey; onClose: () => void }) {
  const { toasts } = useClient();

  return (
    <Dialog
      title={words.apiKeys.made}
      actions={
        <>
          <Button icon={Copy} onClick={() => void copyText(key, toasts, () => words.apiKeys.copied)}>
            {words.apiKeys.copy}
          </Button>
          <Button look="primary" onClick={onClose}>
            {words.apiKeys.finish}
          </Button>
        </>
      }
    >
      <div class="dialog-form">
        <p>{words.apiKeys.shownOnce}</p>
        <p class="quiet">{name}</p>
        <code class="to-copy" role="group" tabIndex={0} aria-label={words.apiKeys.key}>
          {key}
        </code>
      </div>
    </Dialog>
  );
}
