import { KeyRound, Lock, LockOpen, ShieldOff, Trash2 } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { MemberView } from "../../contract/types";
import { Button } from "../../design/button";
import { words } from "../../words";
import { ConfirmDialog } from "../confirm_dialog";
import { EraseDialog } from "./erase_dialog";

interface UserAccessProps {
  user: MemberView;
  onChanged: () => void;
  /** The account is no more. */
  onErased: () => void;
}

/** A new password by mail, a lost second factor; locking the account out, letting it in again, and deleting it. */
export function UserAccess({ user, onChanged, onErased }: UserAccessProps) {
  const { account, rest, site, toasts } = useClient();
  const [asked, ask] = useState<"lock" | "factor" | "erase" | null>(null);
  const close = (): void => ask(null);
  const isSelf = account.user.value?.id === user.id;
  if (!user.may_change) return null;

  const post = (act: string): Promise<unknown> => rest("POST", `/users/${user.id}/${act}`, { body: {} });
  const mailReset = (): Promise<void> =>
    post("password-reset").then(() => toasts.tell(() => words.admin.users.resetSent(user.email)), toasts.complain);
  async function setActive(act: "deactivate" | "reactivate"): Promise<void> {
    await post(act);
    toasts.tell(() => words.admin.users.done[act](user.display_name));
    onChanged();
  }

  async function resetFactor(): Promise<void> {
    await rest("DELETE", `/users/${user.id}/second-factor`, { body: {} });
    toasts.tell(() => words.admin.users.factorReset(user.display_name));
    onChanged();
  }

  return (
    <section class="user-part">
      <h3>{words.admin.users.access}</h3>
      <div class="admin-row">
        {user.is_active && site.own.value?.sends_mail && (
          <Button icon={KeyRound} size="small" onClick={() => void mailReset()}>
            {words.admin.users.sendReset}
          </Button>
        )}
        {user.has_second_factor && !isSelf && (
          <Button icon={ShieldOff} size="small" onClick={() => ask("factor")}>
            {words.admin.users.resetFactor}
          </Button>
        )}
      </div>
      <div class="admin-row">
        {user.is_active && !isSelf && (
          <Button icon={Lock} size="small" class="danger-text" onClick={() => ask("lock")}>
            {words.admin.users.deactivate}
          </Button>
        )}
        {!user.is_active && (
          <Button icon={LockOpen} size="small" onClick={() => void setActive("reactivate").catch(toasts.complain)}>
            {words.admin.users.reactivate}
          </Button>
        )}
        {!isSelf && (
          <Button icon={Trash2} size="small" class="danger-text" onClick={() => ask("erase")}>
            {words.admin.users.erase}
          </Button>
        )}
      </div>
      {asked === "erase" && <EraseDialog user={user} onClose={close} onErased={onErased} />}
      {asked === "factor" && (
        <ConfirmDialog
          title={words.admin.users.resetFactorTitle(user.display_name)}
          text={words.admin.users.resetFactorAsk}
          yes={words.admin.users.resetFactor}
          onClose={close}
          onYes={resetFactor}
        />
      )}
      {asked === "lock" && (
        <ConfirmDialog
          title={words.admin.users.deactivateTitle(user.display_name)}
          text={words.admin.users.deactivateAsk}
          yes={words.admin.users.deactivate}
          onClose={close}
          onYes={() => setActive("deactivate")}
        />
      )}
    </section>
  );
}
