import { useId } from "preact/hooks";

import { words } from "../../words";

/** The link of an invitation, where nobody mails it. It is shown this once. */
export function InvitationLink({ email, token }: { email: string; token: string }) {
  const id = useId();
  return (
    <div class="invitation-link" role="status">
      <label for={id}>{words.tenants.linkFor(email)}</label>
      <input
        id={id}
        class="input"
        readOnly
        value={`${location.origin}/register#${token}`}
        onFocus={(event) => event.currentTarget.select()}
      />
    </div>
  );
}
