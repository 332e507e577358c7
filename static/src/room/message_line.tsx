import { CornerUpLeft } from "lucide";
import type { ComponentChildren } from "preact";

import type { MessageView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { Icon } from "../design/icon";
import { words } from "../words";
import { formatExactTime, formatTime } from "../words/format";
import { MessageText } from "./message_text";
import { isForMe } from "./unread";
import { nameOf } from "../words/person_name";

export interface MessageLineProps {
  message: MessageView;
  /** The message it answers; null if that is not at hand. */
  answered: MessageView | null;
  /** The line before is by the same person: the name need not be said again. */
  isContinued: boolean;
  /** Whose eyes it is for: their mentions are marked. Null: nobody's in particular. */
  me: string | null;
  /** The author's picture, if they have one. */
  image?: string | null | undefined;
  isFound?: boolean | undefined;
  /** Shows the message it answers. */
  onAnswered?: ((id: string) => void) | undefined;
  /** Beside it: what one can do with it. */
  children?: ComponentChildren;
}

/** A message as it stands in the log, in the room and in the history. */
export function MessageLine(props: MessageLineProps) {
  const { message, answered, isContinued, me, image, isFound, onAnswered, children } = props;
  // In the log a message that was taken back is blank from the beginning.
  const isGone = message.deleted_at !== null || !message.text;
  const marks = [
    isContinued && "message-continued",
    isForMe(message, me) && "message-for-me",
    isFound && "message-found",
  ].filter(Boolean);

  return (
    <article class={`message ${marks.join(" ")}`}>
      {isContinued ? (
        <time class="message-aside" dateTime={message.sent_at} title={formatExactTime(message.sent_at)}>
          {formatTime(message.sent_at)}
        </time>
      ) : (
        <Avatar id={message.participant_id} name={nameOf(message)} image={image} size="small" />
      )}
      <div class="message-body">
        {isContinued ? (
          <span class="sr-only">{nameOf(message)}</span>
        ) : (
          <p class="message-head">
            <strong dir="auto">{nameOf(message)}</strong>
            <time dateTime={message.sent_at} title={formatExactTime(message.sent_at)}>
              {formatTime(message.sent_at)}
            </time>
          </p>
        )}
        {message.reply_to && !isGone && (
          <Quote id={message.reply_to} answered={answered} {...(onAnswered && { onAnswered })} />
        )}
        {isGone ? (
          <p class="message-text message-deleted">{words.chat.deleted}</p>
        ) : (
          <MessageText text={message.text} mentions={message.mentions} me={me} isEdited={message.edited_at !== null} />
        )}
      </div>
      {!isGone && children}
    </article>
  );
}

interface QuoteProps {
  id: string;
  answered: MessageView | null;
  onAnswered?: (id: string) => void;
}

/** The beginning of the message that is answered; a click leads to it. */
function Quote({ id, answered, onAnswered }: QuoteProps) {
  const said = answered ? (
    <>
      <b dir="auto">{nameOf(answered)}</b> <span dir="auto">{answered.text.slice(0, 200) || words.chat.deleted}</span>
    </>
  ) : (
    words.chat.missing
  );
  const inside = (
    <>
      <Icon of={CornerUpLeft} size={16} />
      <span class="message-quoted">{said}</span>
    </>
  );
  if (!onAnswered) return <p class="message-quote">{inside}</p>;
  return (
    <button type="button" class="message-quote" tabIndex={-1} onClick={() => onAnswered(id)}>
      <span class="sr-only">{words.chat.inReplyTo}</span>
      {inside}
    </button>
  );
}
