import { CircleAlert, Clock, CornerUpLeft, EllipsisVertical, Pencil, Reply, Trash2 } from "lucide";

import { useClient } from "../client";
import type { MessageView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { Popover, PopoverItem } from "../design/popover";
import { words } from "../words";
import { formatTime } from "../words/format";
import type { Target } from "./composer";
import type { Outgoing } from "./outbox";
import { useInside } from "./room";

/** After this the server takes no correction any more. */
const EDIT_WINDOW_MS = 60 * 60_000;

interface MessageLineProps {
  message: MessageView;
  answered: MessageView | undefined;
  /** The line before is by the same person: the name need not be said again. */
  isContinued: boolean;
  isMine: boolean;
  onTarget: (target: Target) => void;
}

export function MessageLine({ message, answered, isContinued, isMine, onTarget }: MessageLineProps) {
  return (
    <article class={`message ${isContinued ? "message-continued" : ""}`}>
      {!isContinued && <Avatar id={message.participant_id} name={message.display_name} size="small" />}
      <div class="message-body">
        {!isContinued && (
          <p class="message-head">
            <strong>{message.display_name}</strong>
            <time dateTime={message.sent_at}>{formatTime(message.sent_at)}</time>
          </p>
        )}
        {message.reply_to && (
          <p class="message-quote">
            <Icon of={CornerUpLeft} size={16} />
            <span>
              {answered
                ? words.chat.by(answered.display_name, answered.text || words.chat.deleted)
                : words.chat.missing}
            </span>
          </p>
        )}
        {message.deleted_at ? (
          <p class="message-text message-deleted">{words.chat.deleted}</p>
        ) : (
          <p class="message-text">
            {message.text}
            {message.edited_at && <span class="message-mark"> ({words.chat.edited})</span>}
          </p>
        )}
      </div>
      {!message.deleted_at && <MessageMenu message={message} isMine={isMine} onTarget={onTarget} />}
    </article>
  );
}

function MessageMenu({ message, isMine, onTarget }: Pick<MessageLineProps, "message" | "isMine" | "onTarget">) {
  const { toasts } = useClient();
  const { room, rights } = useInside();
  const mayEdit = isMine && Date.now() - Date.parse(message.sent_at) < EDIT_WINDOW_MS;
  const mayDelete = isMine || rights.permissions.has("chat:moderate");

  return (
    <div class="message-menu">
      <Popover
        label={words.actions.for(words.chat.by(message.display_name, message.text.slice(0, 40)))}
        icon={EllipsisVertical}
      >
        {(close) => (
          <>
            <PopoverItem icon={Reply} onChoose={() => (close(), onTarget({ kind: "reply", message }))}>
              {words.chat.reply(message.display_name)}
            </PopoverItem>
            {mayEdit && (
              <PopoverItem icon={Pencil} onChoose={() => (close(), onTarget({ kind: "edit", message }))}>
                {words.chat.edit}
              </PopoverItem>
            )}
            {mayDelete && (
              <PopoverItem
                icon={Trash2}
                danger
                onChoose={() => (close(), void room.chat.remove(message.id).catch(toasts.complain))}
              >
                {words.chat.delete}
              </PopoverItem>
            )}
          </>
        )}
      </Popover>
    </div>
  );
}

/** A message on its way: paler until it is in the log, marked if it does not get there. */
export function OutgoingLine({ item }: { item: Outgoing }) {
  const { room, me } = useInside();
  return (
    <article class={`message message-${item.state}`}>
      <Avatar id={me.id} name={me.display_name} size="small" />
      <div class="message-body">
        <p class="message-head">
          <strong>{me.display_name}</strong>
          <span class="message-state" role="status">
            <Icon of={item.state === "failed" ? CircleAlert : Clock} size={16} />
            {words.chat[item.state]}
          </span>
        </p>
        <p class="message-text">{item.text}</p>
        {item.state === "failed" && (
          <p class="message-failed">
            <span>{item.reason}</span>
            <Button size="small" look="quiet" onClick={() => room.chat.retry(item.command_id)}>
              {words.chat.retry}
            </Button>
            <Button size="small" look="quiet" onClick={() => room.chat.discard(item.command_id)}>
              {words.chat.discard}
            </Button>
          </p>
        )}
      </div>
    </article>
  );
}
