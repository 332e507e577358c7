import { useState } from "preact/hooks";

import { Device, deviceName } from "../../account/devices";
import { useClient } from "../../client";
import type { MemberView, SignInView } from "../../contract/types";
import { Button } from "../../design/button";
import { LoadError } from "../../design/load_error";
import { Skeleton } from "../../design/notice";
import { useLoad } from "../../net/use_load";
import { words } from "../../words";
import { ConfirmDialog } from "../confirm_dialog";

/** Where the account is signed in, and signing it out there. */
export function UserSignIns({ user }: { user: MemberView }) {
  const { rest, toasts } = useClient();
  const path = `/users/${user.id}/sign-ins`;
  const { data, error, reload } = useLoad(
    async (signal) => (await rest<SignInView[]>("GET", path, { signal })).data,
    [user.id, user.is_active],
  );
  const [isAsking, ask] = useState(false);

  async function end(device: SignInView): Promise<void> {
    await rest("DELETE", `${path}/${device.id}`, { body: {} }).then(
      () => toasts.tell(() => words.account.signedOutThere(deviceName(device))),
      toasts.complain,
    );
    reload();
  }

  async function endAll(): Promise<void> {
    await rest("DELETE", path, { body: {} });
    toasts.tell(() => words.admin.users.signedOut(user.display_name));
    reload();
  }

  return (
    <section class="user-part">
      <h3>{words.admin.users.signIns}</h3>
      {error && <LoadError error={error} onRetry={reload} />}
      {!error && !data && <Skeleton lines={2} label={words.admin.opening} />}
      {data?.length === 0 && <p class="quiet">{words.admin.users.noSignIns}</p>}
      {data && data.length > 0 && (
        <ul class="devices" aria-label={words.admin.users.signIns}>
          {data.map((device) => (
            <Device key={device.id} device={device} {...(user.may_change && { onEnd: () => void end(device) })} />
          ))}
        </ul>
      )}
      {user.may_change && data && data.length > 1 && (
        <div class="settings-foot">
          <Button look="quiet" class="danger-text" onClick={() => ask(true)}>
            {words.admin.users.signOutEverywhere}
          </Button>
        </div>
      )}
      {isAsking && (
        <ConfirmDialog
          title={words.admin.users.signOutEverywhere}
          text={words.admin.users.signOutAsk(user.display_name)}
          yes={words.admin.users.signOutEverywhere}
          onClose={() => ask(false)}
          onYes={endAll}
        />
      )}
    </section>
  );
}
