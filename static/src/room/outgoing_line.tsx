import { CircleAlert, Clock } from "lucide";

import { Avatar } from "../design/avatar";
import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { sentenceOf } from "../net/refusal";
import { words } from "../words";
import { MessageText } from "./message_text";
import type { Outgoing } from "./outbox";
import { useRights, useRoom } from "./room";

/** A message on its way: paler until it is in the log, marked if it does not get there. */
export function OutgoingLine({ item, isContinued }: { item: Outgoing; isContinued: boolean }) {
  const { mailbox } = useRoom().chat;
  const { me } = useRights();
  return (
    <article class={`message message-${item.state} ${isContinued ? "message-continued" : ""}`}>
      {isContinued ? (
        <span class="message-aside" />
      ) : (
        <Avatar id={me.id} name={me.display_name} image={me.avatar_url} size="small" />
      )}
      <div class="message-body">
        {!isContinued && (
          <p class="message-head">
            <strong dir="auto">{me.display_name}</strong>
          </p>
        )}
        <MessageText text={item.text} mentions={item.mentions} me={me.id} />
        <p class="message-state" role="status">
          <Icon of={item.state === "failed" ? CircleAlert : Clock} size={16} />
          <span>{words.chat[item.state]}</span>
          {item.refused && <span>{sentenceOf(item.refused)}</span>}
        </p>
        {item.state === "failed" && (
          <p class="message-failed">
            <Button size="small" onClick={() => mailbox.retry(item.command_id)}>
              {words.chat.retry}
            </Button>
            <Button size="small" look="quiet" onClick={() => mailbox.discard(item.command_id)}>
              {words.chat.discard}
            </Button>
          </p>
        )}
      </div>
    </article>
  );
}
