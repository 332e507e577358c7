import { Copy } from "lucide";

import { useClient } from "../../client";
import type { NewApiKey } from "../../contract/types";
import { Button } from "../../design/button";
import { Dialog } from "../../design/dialog";
import { words } from "../../words";
import { Problem } from "../../words/say";

/** The key, this once. Nothing but an answer closes it: whoever presses Escape by mistake would have lost the key. */
export function NewKeyDialog({ made: { name, key }, onClose }: { made: NewApiKey; onClose: () => void }) {
  const { toasts } = useClient();

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(key);
      toasts.tell(() => words.apiKeys.copied);
    } catch {
      // Not a secure origin, or not allowed: then the person has to copy it by hand.
      toasts.complain(new Problem(() => words.actions.copyFailed));
    }
  }

  return (
    <Dialog
      title={words.apiKeys.made}
      actions={
        <>
          <Button icon={Copy} onClick={() => void copy()}>
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
        <code class="new-key" role="group" tabIndex={0} aria-label={words.apiKeys.key}>
          {key}
        </code>
      </div>
    </Dialog>
  );
}
