import { BadgeCheck } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { UserView } from "../contract/types";
import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { words } from "../words";
import { EmailDialog } from "./email_dialog";
import { PictureSetting } from "./picture_setting";
import { Section } from "./section";
import { TextSetting } from "./text_setting";
import { useSaving, type Saving } from "./use_saving";

const USERNAME = /^[A-Za-z0-9][A-Za-z0-9._-]{1,38}[A-Za-z0-9]$/;

type Change = { display_name: string } | { username: string };

export function ProfileSection({ user }: { user: UserView }) {
  return (
    <>
      <AsSeen user={user} />
      <AsSignedIn user={user} />
    </>
  );
}

/** What is refused is said beside the field, so that only success is left to be told. */
function useKeeping(): Saving & { keep: (change: Change) => Promise<void> } {
  const { account } = useClient();
  const saving = useSaving();
  const keep = async (change: Change): Promise<void> => {
    await account.update(change);
    await saving.save(() => Promise.resolve());
  };
  return { ...saving, keep };
}

function AsSeen({ user }: { user: UserView }) {
  const { keep, ...saving } = useKeeping();
  return (
    <Section title={words.account.asSeen} isSaved={saving.isSaved}>
      <PictureSetting user={user} saving={saving} />
      <TextSetting
        label={words.account.displayName}
        hint={words.account.displayNameHint}
        value={user.display_name}
        maxLength={80}
        autoComplete="name"
        check={(name) => (name ? undefined : words.identity.needName)}
        onKeep={(display_name) => keep({ display_name })}
      />
    </Section>
  );
}

function AsSignedIn({ user }: { user: UserView }) {
  const { keep, isSaved } = useKeeping();
  return (
    <Section title={words.account.asSignedIn} isSaved={isSaved}>
      <TextSetting
        label={words.account.username}
        hint={words.account.usernameHint}
        value={user.username}
        maxLength={40}
        autoComplete="username"
        check={(name) => (USERNAME.test(name) ? undefined : words.account.badUsername)}
        onKeep={(username) => keep({ username })}
      />
      <EmailSetting user={user} />
    </Section>
  );
}

function EmailSetting({ user }: { user: UserView }) {
  const { rest, site, toasts } = useClient();
  // A new address answers to a letter, as the first one does.
  const sendsMail = site.own.value?.sends_mail ?? false;
  const [isChanging, setChanging] = useState(false);
  const [isBusy, setBusy] = useState(false);

  async function verify(): Promise<void> {
    setBusy(true);
    try {
      await rest("POST", "/users/me/verification", { body: {} });
      toasts.tell(() => words.account.verifySent(user.email));
    } catch (error) {
      toasts.complain(error);
    }
    setBusy(false);
  }

  return (
    <div class="setting setting-stacks">
      <div class="setting-words">
        <span class="setting-label">{words.account.email}</span>
        <p class="email-now">
          <span class="email-address">{user.email}</span>
          {user.is_verified ? (
            <span class="email-verified">
              <Icon of={BadgeCheck} size={16} />
              {words.account.verified}
            </span>
          ) : (
            sendsMail && <span class="email-open">{words.account.notVerified}</span>
          )}
        </p>
        {sendsMail && !user.is_verified && (
          <button type="button" class="link email-verify" disabled={isBusy} onClick={() => void verify()}>
            {words.account.verify}
          </button>
        )}
      </div>
      {sendsMail && (
        <div class="setting-control">
          <Button onClick={() => setChanging(true)}>{words.account.changeEmail}</Button>
        </div>
      )}
      {isChanging && <EmailDialog onClose={() => setChanging(false)} />}
    </div>
  );
}
