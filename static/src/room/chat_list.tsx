import { MessageCircle } from "lucide";
import type { RefObject } from "preact";
import { useMemo, useState } from "preact/hooks";

import { useClient } from "../client";
import type { MessageView } from "../contract/types";
import { Button } from "../design/button";
import { Empty } from "../design/notice";
import { words } from "../words";
import { formatDay } from "../words/format";
import type { Target } from "./composer";
import { MessageLine, OutgoingLine } from "./message_line";
import { useInside } from "./room";

/** What one person says within this time stands under one name. */
const TOGETHER_MS = 5 * 60_000;

interface ChatListProps {
  listRef: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  onTarget: (target: Target) => void;
  /** Called just before older lines are put in. */
  beforeOlder: () => void;
}

export function ChatList({ listRef, onScroll, onTarget, beforeOlder }: ChatListProps) {
  const { toasts } = useClient();
  const { room, me } = useInside();
  const { messages, isComplete } = room.chat.log.value;
  const outbox = room.chat.outbox.value;
  const [isLoading, setLoading] = useState(false);

  async function older(): Promise<void> {
    setLoading(true);
    beforeOlder();
    await room.chat.loadOlder().catch(toasts.complain);
    setLoading(false);
  }

  return (
    <div
      ref={listRef}
      class="chat-list"
      role="log"
      aria-label={words.chat.log}
      aria-live={isLoading ? "off" : "polite"}
      tabIndex={0}
      onScroll={onScroll}
    >
      {!isComplete && messages.length > 0 && (
        <Button size="small" look="quiet" busy={isLoading} class="chat-older" onClick={() => void older()}>
          {words.chat.older}
        </Button>
      )}
      {messages.length === 0 && outbox.length === 0 && (
        <Empty icon={MessageCircle} title={words.chat.emptyTitle} hint={words.chat.emptyHint} />
      )}
      {messages.map((message, i) => (
        <Spaced
          key={message.id}
          message={message}
          before={messages[i - 1]}
          answered={message.reply_to ? messages.find((each) => each.id === message.reply_to) : undefined}
          isMine={message.participant_id === me.id}
          onTarget={onTarget}
        />
      ))}
      {outbox.map((item) => (
        <OutgoingLine key={item.command_id} item={item} />
      ))}
    </div>
  );
}

interface SpacedProps {
  message: MessageView;
  before: MessageView | undefined;
  answered: MessageView | undefined;
  isMine: boolean;
  onTarget: (target: Target) => void;
}

/** A message with the day's name before its first line. A line that has not changed is not drawn again. */
function Spaced({ message, before, answered, isMine, onTarget }: SpacedProps) {
  return useMemo(() => {
    const isNewDay = !before || dayOf(before) !== dayOf(message);
    return (
      <>
        {isNewDay && (
          <p class="chat-day">
            <span>{formatDay(message.sent_at)}</span>
          </p>
        )}
        <MessageLine
          message={message}
          answered={answered}
          isContinued={!isNewDay && goesOn(before, message)}
          isMine={isMine}
          onTarget={onTarget}
        />
      </>
    );
  }, [message, before, answered, isMine, onTarget]);
}

function dayOf(message: MessageView): string {
  return new Date(message.sent_at).toDateString();
}

/** The same person goes on speaking: the name need not be said again. */
function goesOn(before: MessageView, message: MessageView): boolean {
  const isSoon = Date.parse(message.sent_at) - Date.parse(before.sent_at) < TOGETHER_MS;
  return isSoon && before.participant_id === message.participant_id && !message.reply_to;
}
