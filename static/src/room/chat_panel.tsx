import { ArrowDown } from "lucide";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";

import { Button } from "../design/button";
import { words } from "../words";
import { dayNumber } from "../words/format";
import { ChatList } from "./chat_list";
import { rowsOf } from "./chat_rows";
import { Composer, type Target } from "./composer";
import { useRights, useRoom } from "./room";

export function ChatPanel() {
  const { chat } = useRoom();
  const { rights } = useRights();
  const { messages } = chat.log.value;
  const outbox = chat.mailbox.outbox.value;
  const newSince = chat.newSince.value;
  const unread = chat.unread.value;
  const [target, setTarget] = useState<Target | null>(null);
  const [isAtEnd, setAtEnd] = useState(unread === 0);
  const done = useCallback(() => setTarget(null), []);
  const box = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () => rowsOf({ messages, outbox, newSince, dayOf: dayNumber }),
    [messages, outbox, newSince, dayNumber],
  );

  useEffect(() => {
    const look = (): void => (document.hidden ? chat.lookAway() : chat.follow(isAtEnd));
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [chat, isAtEnd]);

  useEffect(() => {
    chat.isShown.value = true;
    return () => {
      chat.isShown.value = false;
      chat.lookAway();
    };
  }, [chat]);

  const toEnd = (): void => box.current?.scrollTo({ top: box.current.scrollHeight });
  return (
    <div class="chat">
      <ChatList box={box} rows={rows} isFollowing={isAtEnd} onTarget={setTarget} onScroll={setAtEnd} />
      <div class="chat-foot">
        {!isAtEnd && (
          <Button class="chat-end" size="small" icon={ArrowDown} onClick={toEnd}>
            {unread ? words.chat.newBelow(unread, chat.unreadForMe.value) : words.chat.toNewest}
          </Button>
        )}
        {rights.permissions.has("chat:send") && <Composer target={target} onTarget={setTarget} onDone={done} />}
      </div>
    </div>
  );
}
