import { useRef, useState } from "preact/hooks";

import { useClient } from "../client";
import type { UserView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { Button } from "../design/button";
import { words } from "../words";
import { Problem } from "../words/say";
import type { Saving } from "./use_saving";
import { squareOf } from "./squaring";

const TYPES = "image/jpeg,image/png,image/webp,image/gif";

export function PictureSetting({ user, saving }: { user: UserView; saving: Saving }) {
  const { account, rest, toasts } = useClient();
  const chooser = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);

  async function send(file: File): Promise<void> {
    setBusy(true);
    const square = await squareOf(file).catch(() => null);
    if (square) {
      await saving.save(async () =>
        account.show((await rest<UserView>("POST", "/users/me/avatar", { body: square })).data),
      );
    } else toasts.complain(new Problem(() => words.account.noPicture));
    setBusy(false);
  }

  async function remove(): Promise<void> {
    await saving.save(async () => account.show((await rest<UserView>("DELETE", "/users/me/avatar")).data));
  }

  return (
    <div class="setting picture-setting">
      <Avatar id={user.id} name={user.display_name} image={user.avatar_url} size="large" />
      <div class="setting-words">
        <span class="setting-label">{words.account.picture}</span>
        <p class="field-note">{words.account.pictureHint}</p>
        <div class="picture-actions">
          <Button size="small" busy={isBusy} onClick={() => chooser.current?.click()}>
            {user.avatar_url ? words.account.changePicture : words.account.choosePicture}
          </Button>
          {user.avatar_url && (
            <Button size="small" look="quiet" onClick={() => void remove()}>
              {words.account.removePicture}
            </Button>
          )}
        </div>
        <input
          ref={chooser}
          type="file"
          accept={TYPES}
          hidden
          aria-label={words.account.choosePicture}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = "";
            if (file) void send(file);
          }}
        />
      </div>
    </div>
  );
}
