import { Copy } from "lucide";
import { useId } from "preact/hooks";

import { useClient } from "../../client";
import { Button } from "../../design/button";
import { copyText } from "../../design/copy_text";
import { words } from "../../words";

/** The link of an invitation, where nobody mails it. It is shown this once. */
export function InvitationLink({ email, token }: { email: string; token: string }) {
  const { toasts } = useClient();
  const id = useId();
  const link = `${location.origin}/register#${token}`;
  return (
    <div class="invitation-link" role="status">
      <label for={id}>{words.tenants.linkFor(email)}</label>
      <div class="invitation-copy">
        <input id={id} class="input" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        <Button icon={Copy} onClick={() => void copyText(link, toasts, () => words.actions.linkCopied)}>
          {words.actions.copyLink}
        </Button>
      </div>
    </div>
  );
}
