import { ArrowDown } from "lucide";
import { useCallback, useEffect, useState } from "preact/hooks";

import { Button } from "../design/button";
import { words } from "../words";
import { ChatList } from "./chat_list";
import { Composer, type Target } from "./composer";
import { useInside } from "./room";
import { useStickyEnd } from "./use_sticky_end";

export function ChatPanel() {
  const { room } = useInside();
  const { chat } = room;
  const { messages } = chat.log.value;
  const outbox = chat.outbox.value;
  const unread = chat.unread.value;
  const [target, setTarget] = useState<Target | null>(null);
  const done = useCallback(() => setTarget(null), []);
  const { list, isAway, scrolled, toEnd, holdPlace } = useStickyEnd([messages, outbox]);
  const newest = messages.at(-1)?.seq ?? 0;

  useEffect(() => {
    chat.isShown.value = true;
    return () => void (chat.isShown.value = false);
  }, [chat]);

  useEffect(() => {
    if (!isAway && !document.hidden) chat.markRead();
  }, [newest, isAway]);

  return (
    <div class="chat">
      <ChatList listRef={list} onScroll={scrolled} onTarget={setTarget} beforeOlder={holdPlace} />
      {isAway && (
        <Button class="chat-end" size="small" icon={ArrowDown} onClick={toEnd}>
          {unread ? words.chat.newBelow(unread) : words.chat.toNewest}
        </Button>
      )}
      <Composer target={target} onDone={done} />
    </div>
  );
}
