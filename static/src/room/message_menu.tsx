import { Copy, EllipsisVertical, Pencil, Reply, Trash2 } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { MessageView } from "../contract/types";
import { Button, IconButton } from "../design/button";
import { copyText } from "../design/copy_text";
import { Dialog } from "../design/dialog";
import { Menu, MenuItem } from "../design/menu";
import { serverNow } from "../net/server_clock";
import { words } from "../words";
import type { Target } from "./composer";
import { useRights, useRoom } from "./room";
import { nameOf } from "../words/person_name";

/** After this the server takes no correction any more. */
const EDIT_WINDOW_MS = 60 * 60_000;

export function mayEdit(message: MessageView, me: string): boolean {
  const isMine = message.participant_id === me && message.deleted_at === null;
  return isMine && serverNow() - Date.parse(message.sent_at) < EDIT_WINDOW_MS;
}

interface MessageMenuProps {
  message: MessageView;
  onTarget: (target: Target) => void;
}

/** What one can do with a message. Out of the way of Tab: a list of messages is one stop, arrows lead to each. */
export function MessageMenu({ message, onTarget }: MessageMenuProps) {
  const { toasts } = useClient();
  const room = useRoom();
  const { me, rights } = useRights();
  const [isAsking, setAsking] = useState(false);
  const mayDelete = message.participant_id === me.id || rights.permissions.has("chat:moderate");
  const name = words.chat.by(nameOf(message), message.text.slice(0, 40));

  function remove(): void {
    setAsking(false);
    void room.chat.remove(message.id).catch(toasts.complain);
  }

  return (
    <div class="message-menu">
      <IconButton
        icon={Reply}
        size="small"
        tip="none"
        class="message-reply"
        label={words.chat.replyToThis(name)}
        onClick={() => onTarget({ kind: "reply", message })}
      />
      <Menu label={words.actions.for(name)} icon={EllipsisVertical}>
        <MenuItem icon={Reply} onChoose={() => onTarget({ kind: "reply", message })}>
          {words.chat.reply(nameOf(message))}
        </MenuItem>
        <MenuItem icon={Copy} onChoose={() => void copyText(message.text, toasts, () => words.chat.copied)}>
          {words.chat.copy}
        </MenuItem>
        {mayEdit(message, me.id) && (
          <MenuItem icon={Pencil} onChoose={() => onTarget({ kind: "edit", message })}>
            {words.chat.edit}
          </MenuItem>
        )}
        {mayDelete && (
          <MenuItem icon={Trash2} danger onChoose={() => setAsking(true)}>
            {words.chat.delete}
          </MenuItem>
        )}
      </Menu>
      {isAsking && (
        <Dialog
          title={words.chat.deleteTitle}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{words.actions.cancel}</Button>
              <Button look="danger" onClick={remove}>
                {words.chat.deleteNow}
              </Button>
            </>
          }
        >
          <p>{words.chat.deleteHint}</p>
        </Dialog>
      )}
    </div>
  );
}
