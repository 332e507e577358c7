import { ArrowDown, MessageCircle } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { useClient } from "../client";
import type { MessageView } from "../contract/types";
import { Button } from "../design/button";
import { Empty } from "../design/notice";
import { words } from "../words";
import { formatDay } from "../words/format";
import { Composer, type Target } from "./composer";
import { MessageLine, OutgoingLine } from "./message_line";
import { useInside } from "./room";

const CLOSE_PX = 48;
/** What one person says within this time stands under one name. */
const TOGETHER_MS = 5 * 60_000;

export function ChatPanel() {
  const { toasts } = useClient();
  const { room, me } = useInside();
  const { chat } = room;
  const { messages, isComplete } = chat.log.value;
  const outbox = chat.outbox.value;
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const heightBefore = useRef<number | null>(null);
  const [isAway, setAway] = useState(false);
  const [isLoading, setLoading] = useState(false);
  const [target, setTarget] = useState<Target | null>(null);
  const newest = messages.at(-1)?.seq ?? 0;
  const unread = chat.unread.value;

  useEffect(() => {
    chat.isShown.value = true;
    return () => void (chat.isShown.value = false);
  }, [chat]);

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    if (heightBefore.current !== null) {
      // Older lines came in above: what one was reading stays where it was.
      element.scrollTop += element.scrollHeight - heightBefore.current;
      heightBefore.current = null;
    } else if (isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [messages, outbox]);

  useEffect(() => {
    if (isAtEnd.current && !document.hidden) chat.markRead();
  }, [newest]);

  function scrolled(): void {
    const element = list.current;
    if (!element) return;
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < CLOSE_PX;
    setAway(!isAtEnd.current);
    if (isAtEnd.current) chat.markRead();
  }

  function toEnd(): void {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }

  async function older(): Promise<void> {
    setLoading(true);
    heightBefore.current = list.current?.scrollHeight ?? null;
    await chat.loadOlder().catch(toasts.complain);
    setLoading(false);
  }

  return (
    <div class="chat">
      <div
        ref={list}
        class="chat-list"
        role="log"
        aria-label={words.chat.log}
        aria-live={isLoading ? "off" : "polite"}
        tabIndex={0}
        onScroll={scrolled}
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
          <Spaced key={message.id} message={message} before={messages[i - 1]}>
            {(isContinued) => (
              <MessageLine
                message={message}
                answered={message.reply_to ? messages.find((each) => each.id === message.reply_to) : undefined}
                isContinued={isContinued}
                isMine={message.participant_id === me.id}
                onTarget={setTarget}
              />
            )}
          </Spaced>
        ))}
        {outbox.map((item) => (
          <OutgoingLine key={item.command_id} item={item} />
        ))}
      </div>
      {isAway && (
        <Button class="chat-end" size="small" icon={ArrowDown} onClick={toEnd}>
          {unread ? words.chat.newBelow(unread) : words.chat.toNewest}
        </Button>
      )}
      <Composer target={target} onDone={() => setTarget(null)} />
    </div>
  );
}

interface SpacedProps {
  message: MessageView;
  before: MessageView | undefined;
  children: (isContinued: boolean) => ComponentChildren;
}

/** A day's name before its first message, and less room between lines of the same person. */
function Spaced({ message, before, children }: SpacedProps) {
  const isNewDay = !before || new Date(before.sent_at).toDateString() !== new Date(message.sent_at).toDateString();
  const isSoon = before && Date.parse(message.sent_at) - Date.parse(before.sent_at) < TOGETHER_MS;
  const isContinued =
    !isNewDay && isSoon === true && before.participant_id === message.participant_id && !message.reply_to;
  return (
    <>
      {isNewDay && (
        <p class="chat-day">
          <span>{formatDay(message.sent_at)}</span>
        </p>
      )}
      {children(isContinued)}
    </>
  );
}
