import { MessageCircle } from "lucide";
import type { RefObject } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";

import { useClient } from "../client";
import { Empty } from "../design/notice";
import { useSettled } from "../design/use_settled";
import { useVirtual, type Virtual } from "../design/use_virtual";
import { words } from "../words";
import { formatDay } from "../words/format";
import { locale } from "../words/locale";
import { chatRange, OVERSCAN } from "./chat_range";
import type { Row } from "./chat_rows";
import type { Target } from "./composer";
import { MessageLine, type MessageLineProps } from "./message_line";
import { MessageMenu } from "./message_menu";
import { OutgoingLine } from "./outgoing_line";
import { usePart, useRights, useRoom } from "./room";

const ROW_PX = 52;
export const CLOSE_PX = 48;
/** This near the beginning, what is older is loaded. */
const EARLY_PX = 400;
const FOUND_MS = 2_000;
/** What one can do with a message is drawn once it has stood so long: messages that rush by cost half as much. */
const SETTLED_MS = 250;
/** So long after a wheel, a finger or a key, a list that moves is moved by it. */
const GESTURE_MS = 1_000;

interface ChatListProps {
  box: RefObject<HTMLDivElement | null>;
  rows: readonly Row[];
  /** One looks at the end, and sees what comes. */
  isFollowing: boolean;
  onTarget: (target: Target) => void;
  onScroll: (isAtEnd: boolean) => void;
}

/** The messages: only those that can be seen are in the page. */
export function ChatList({ box, rows, isFollowing, onTarget, onScroll }: ChatListProps) {
  const { toasts } = useClient();
  const room = useRoom();
  const { me, rights } = useRights();
  const participants = usePart((state) => state.participants);
  const { messages, isComplete } = room.chat.log.value;
  const lastTop = useRef(0);
  const touchedAt = useRef(-Infinity);
  const follows = useRef(isFollowing);
  follows.current = isFollowing;
  const [isLoading, setLoading] = useState(false);
  const [held, setHeld] = useState<string | null>(null);
  const [found, setFound] = useState<string | null>(null);
  const byId = useMemo(() => new Map(messages.map((each) => [each.id, each])), [messages]);
  const heldIndex = held === null ? -1 : rows.findIndex((row) => row.key === held);
  const virtual = useVirtual({
    count: rows.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => rows[index]?.key ?? index,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: CLOSE_PX,
    rangeExtractor: (range) => {
      const filling = (virtual.scrollRect?.height ?? 0) / ROW_PX;
      return chatRange(range, { held: heldIndex, isFollowing, filling });
    },
  });
  const mayWrite = rights.permissions.has("chat:send");

  async function older(): Promise<void> {
    if (isLoading || isComplete || messages.length === 0) return;
    setLoading(true);
    await room.chat.loadOlder().catch(toasts.complain);
    setLoading(false);
  }

  // Loaded again and again until there is more than fits, and so something to scroll.
  useEffect(() => {
    const element = box.current;
    if (element && element.scrollHeight <= element.clientHeight) void older();
  }, [messages, isComplete]);

  // One begins with what is new, or at the end. The heights are told late: only then the end is where it is.
  useEffect(() => {
    const firstNew = rows.findIndex((row) => row.kind === "new");
    if (firstNew < 0) virtual.scrollToEnd();
    else virtual.scrollToIndex(firstNew, { align: "start" });
  }, []);

  // Rows that turn out higher or lower than thought move the list: after the next picture it is put right.
  useEffect(() => {
    const picture = requestAnimationFrame(() => {
      if (isAtEnd(box.current)) onScroll(true);
      else if (follows.current) virtual.scrollToEnd();
    });
    return () => cancelAnimationFrame(picture);
  });

  const touched = (): void => void (touchedAt.current = performance.now());

  /** Only a person who goes back leaves the end; when many rows come and are measured, the list goes up by itself. */
  function scrolled(): void {
    const top = box.current?.scrollTop ?? 0;
    const isBack = top < lastTop.current && performance.now() - touchedAt.current < GESTURE_MS;
    lastTop.current = top;
    if (isAtEnd(box.current)) onScroll(true);
    else if (isBack) {
      // It rolls on when the finger has left it.
      touched();
      follows.current = false;
      onScroll(false);
    }
    if (top < EARLY_PX) void older();
  }

  async function show(id: string): Promise<void> {
    if (!(await room.chat.find(id).catch(() => false))) return toasts.tell(() => words.chat.notFound);
    setFound(id);
  }

  const showing = useRef(show);
  showing.current = show;
  const showAnswered = useCallback((id: string) => void showing.current(id), []);

  // Once what was sought is among the rows.
  useEffect(() => {
    const index = found === null ? -1 : rows.findIndex((row) => row.key === found);
    if (index < 0) return undefined;
    follows.current = false;
    onScroll(false);
    virtual.scrollToIndex(index, { align: "center" });
    setHeld(found);
    const timer = setTimeout(() => setFound(null), FOUND_MS);
    return () => clearTimeout(timer);
  }, [found]);

  const line = (row: Row, before: Row | undefined) => {
    if (row.kind !== "message") return <Other row={row} before={before} me={me.id} />;
    const { message } = row;
    return (
      <Said
        message={message}
        answered={byId.get(message.reply_to ?? "") ?? null}
        isContinued={row.isContinued}
        me={me.id}
        image={participants[message.participant_id]?.avatar_url}
        isFound={found === message.id}
        isHeld={held === message.id}
        onAnswered={showAnswered}
        onTarget={mayWrite ? onTarget : null}
      />
    );
  };

  return (
    <div
      ref={box}
      class="chat-list"
      role="log"
      aria-label={words.chat.log}
      // Lines come and go while one scrolls; what is new is said by the room's announcer.
      aria-live="off"
      aria-busy={isLoading}
      tabIndex={0}
      onScroll={scrolled}
      onWheel={touched}
      onTouchMove={touched}
      onPointerDown={touched}
      onKeyDown={(event) => {
        touched();
        moveBetween(event, rows, virtual, held, setHeld);
      }}
      onFocusIn={(event) => setHeld(keyOf(event.target))}
    >
      {messages.length === 0 && rows.length === 0 && (
        <Empty icon={MessageCircle} title={words.chat.emptyTitle} hint={words.chat.emptyHint} />
      )}
      {isLoading && <p class="chat-loading">{words.chat.loadingOlder}</p>}
      {isComplete && messages.length > 0 && <p class="sr-only">{words.chat.beginning}</p>}
      <div class="chat-rows" style={{ height: `${virtual.getTotalSize()}px` }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              class="chat-row"
              data-index={index}
              data-key={row.key}
              tabIndex={row.kind === "message" ? -1 : undefined}
              style={{ transform: `translateY(${start}px)` }}
            >
              {line(row, rows[index - 1])}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface SaidProps extends Omit<MessageLineProps, "children"> {
  /** The focus is in it. */
  isHeld: boolean;
  /** Null: one may not write. */
  onTarget: ((target: Target) => void) | null;
}

/** A message with what one can do with it; drawn anew only if something about it is new, not whenever others come. */
function Said({ isHeld, onTarget, message, answered, isContinued, me, image, isFound, onAnswered }: SaidProps) {
  const language = locale.value;
  const hasMenu = useSettled(SETTLED_MS) || isHeld;
  return useMemo(
    () => (
      <MessageLine {...{ message, answered, isContinued, me, image, isFound, onAnswered }}>
        {onTarget && hasMenu && <MessageMenu message={message} onTarget={onTarget} />}
      </MessageLine>
    ),
    [hasMenu, onTarget, message, answered, isContinued, me, image, isFound, onAnswered, language],
  );
}

function Other({ row, before, me }: { row: Exclude<Row, { kind: "message" }>; before: Row | undefined; me: string }) {
  if (row.kind === "day") {
    return (
      <p class="chat-day">
        <span>{formatDay(row.at)}</span>
      </p>
    );
  }
  if (row.kind === "new") {
    return (
      <p class="chat-new" role="separator" aria-label={words.chat.newSince}>
        <span>{words.chat.newSince}</span>
      </p>
    );
  }
  const isContinued =
    before?.kind === "outgoing" || (before?.kind === "message" && before.message.participant_id === me);
  return <OutgoingLine item={row.item} isContinued={isContinued} />;
}

function isAtEnd(list: HTMLElement | null): boolean {
  return list !== null && list.scrollHeight - list.scrollTop - list.clientHeight <= CLOSE_PX;
}

function keyOf(target: EventTarget | null): string | null {
  return target instanceof Element ? (target.closest<HTMLElement>(".chat-row")?.dataset.key ?? null) : null;
}

function focusRow(list: HTMLElement, key: string): boolean {
  const row = list.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  row?.focus({ preventScroll: true });
  return row !== null;
}

/** Arrows go from message to message, Home and End to the first and the last; Enter opens what one can do with it. */
function moveBetween(
  event: KeyboardEvent,
  rows: readonly Row[],
  virtual: Virtual,
  held: string | null,
  hold: (key: string) => void,
): void {
  const list = event.currentTarget as HTMLElement;
  const row = event.target instanceof HTMLElement && event.target.classList.contains("chat-row") ? event.target : null;
  if (event.target !== list && !row) return;
  if (event.key === "Enter" && row) {
    event.preventDefault();
    row.querySelector<HTMLElement>(".message-menu [aria-haspopup]")?.click();
    return;
  }
  const step = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = rows.flatMap((each, index) => (each.kind === "message" ? [{ key: each.key, index }] : []));
  const at = row ? all.findIndex((each) => each.key === held) : all.length;
  const goal = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!goal) return;
  hold(goal.key);
  virtual.scrollToIndex(goal.index, { align: "auto" });
  // A row that was out of sight comes into the page with the next picture.
  if (!focusRow(list, goal.key)) requestAnimationFrame(() => focusRow(list, goal.key));
}
