import { X } from "lucide";
import { useState } from "preact/hooks";

import { Section } from "../../account/section";
import { useClient } from "../../client";
import type { InvitationView, RoleView } from "../../contract/types";
import { Button, IconButton } from "../../design/button";
import { Select } from "../../design/field";
import { LoadError } from "../../design/load_error";
import { Badge, Skeleton } from "../../design/notice";
import { Pager } from "../../design/table";
import { emailError } from "../../identity/credentials";
import { ConveneError } from "../../net/error";
import { serverNow } from "../../net/server_clock";
import { EmailField } from "../../identity/email_field";
import { useLoad } from "../../net/use_load";
import { words } from "../../words";
import { formatMoment } from "../../words/format";
import { InvitationLink } from "./invitation_link";

const AT_ONCE = 20;

/** Who is invited, and inviting somebody else. */
export function Invitations() {
  const { rest, toasts } = useClient();
  const [page, setPage] = useState(1);
  const [made, setMade] = useState<InvitationView | null>(null);
  const { data, error, reload } = useLoad(
    (signal) => rest<InvitationView[]>("GET", "/tenant/invitations", { query: { page, limit: AT_ONCE }, signal }),
    [page],
  );

  async function takeBack(id: string): Promise<void> {
    try {
      await rest("DELETE", `/tenant/invitations/${id}`);
      toasts.tell(() => words.tenants.takenBack);
    } catch (problem) {
      toasts.complain(problem);
    }
    reload();
  }

  function invited(invitation: InvitationView): void {
    if (invitation.token) setMade(invitation);
    else toasts.tell(() => words.tenants.sentTo(invitation.email));
    reload();
  }

  const pages = data?.pagination?.totalPages ?? 1;
  return (
    <Section title={words.tenants.invitations} hint={words.tenants.invitationsHint}>
      <InviteForm onInvited={invited} />
      {made?.token && <InvitationLink email={made.email} token={made.token} />}
      {error && <LoadError error={error} onRetry={reload} />}
      {!error && !data && <Skeleton label={words.admin.opening} />}
      {data?.data.length === 0 && <p class="quiet tenant-empty">{words.tenants.noInvitations}</p>}
      {data && data.data.length > 0 && (
        <ul class="invitations">
          {data.data.map((each) => (
            <Row key={each.id} invitation={each} onTakeBack={() => void takeBack(each.id)} />
          ))}
        </ul>
      )}
      {pages > 1 && <Pager label={words.tenants.invitations} page={page} pages={pages} onPage={setPage} />}
    </Section>
  );
}

function InviteForm({ onInvited }: { onInvited: (invitation: InvitationView) => void }) {
  const { rest } = useClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("");
  const [error, setError] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);
  const roles = useLoad(async (signal) => (await rest<RoleView[]>("GET", "/roles", { signal })).data, []);
  const offered = (roles.data ?? []).filter(({ scope }) => scope === "tenant");
  const chosen = role || (offered.find(({ key }) => key === "lecturer")?.id ?? "");

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const wrong = emailError(email);
    setError(wrong);
    if (wrong) return;
    setBusy(true);
    try {
      const body = { email: email.trim(), ...(chosen && { role_id: chosen }) };
      onInvited((await rest<InvitationView>("POST", "/tenant/invitations", { body })).data);
      setEmail("");
    } catch (problem) {
      const field = problem instanceof ConveneError ? problem.fields.email : undefined;
      setError(field ?? (problem instanceof Error ? problem.message : String(problem)));
    }
    setBusy(false);
  }

  return (
    <form class="invite-form" noValidate onSubmit={(event) => void submit(event)}>
      <EmailField label={words.tenants.email} autoComplete="off" value={email} onText={setEmail} error={error} />
      <Select
        label={words.tenants.role}
        value={chosen}
        options={offered.map(({ id, key, name }) => ({ value: id, label: systemRole(key) ?? name }))}
        onChoose={setRole}
      />
      <Button type="submit" look="primary" busy={isBusy}>
        {words.tenants.invite}
      </Button>
    </form>
  );
}

function systemRole(key: string): string | undefined {
  return (words.admin.systemRoles as Record<string, string>)[key];
}

function Row({ invitation, onTakeBack }: { invitation: InvitationView; onTakeBack: () => void }) {
  const { email, expires_at, accepted_at } = invitation;
  const isOver = Date.parse(expires_at) <= serverNow();
  return (
    <li class="invitation">
      <span class="invitation-words">
        <span class="invitation-email">{email}</span>
        <span class="user-line">
          {accepted_at ? (
            <Badge tone="active">{words.tenants.accepted}</Badge>
          ) : (
            <Badge>{isOver ? words.tenants.expired : words.tenants.open}</Badge>
          )}
          <span class="field-note">{words.tenants.until(formatMoment(expires_at))}</span>
        </span>
      </span>
      {!accepted_at && <IconButton icon={X} label={words.tenants.takeBack(email)} tip="left" onClick={onTakeBack} />}
    </li>
  );
}
