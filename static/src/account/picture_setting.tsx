import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { UserView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { PictureChooser } from "../design/picture_chooser";
import { words } from "../words";
import { Problem } from "../words/say";
import type { Saving } from "./use_saving";
import { squareOf } from "./squaring";

export function PictureSetting({ user, saving }: { user: UserView; saving: Saving }) {
  const { account, rest, toasts } = useClient();
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
        <PictureChooser
          choose={user.avatar_url ? words.account.changePicture : words.account.choosePicture}
          name={words.account.choosePicture}
          remove={words.account.removePicture}
          hasPicture={user.avatar_url !== null}
          isBusy={isBusy}
          onChoose={(file) => void send(file)}
          onRemove={() => void remove()}
        />
      </div>
    </div>
  );
}
