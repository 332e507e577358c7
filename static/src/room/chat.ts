// Writing and reading in a room: what is on the screen, what is on its way, and what was said before.

import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";

import type { Frame } from "../contract/events";
import type { MessageView, ParticipantView, RoomState } from "../contract/types";
import { ConveneError } from "../net/error";
import { newId } from "../net/ids";
import type { Ack } from "../net/socket";
import { words } from "../words";
import { RECENT_MESSAGES } from "./apply";
import { EMPTY_LOG, withFrame, withOlder, withRecent, type ChatLog } from "./chat_log";
import { isHostRole } from "./rights";
import { outstanding, resendable, withChange, withoutCommand, type Outbox, type Outgoing } from "./outbox";

const PAGE = 50;
const AGAIN_MS = 2_000;

export type Call = <T>(command: string, payload?: object, commandId?: string) => Promise<Ack<T>>;
export type ReadOlder = (before: number, limit: number) => Promise<MessageView[]>;

export interface Chat {
  log: ReadonlySignal<ChatLog>;
  outbox: ReadonlySignal<Outbox>;
  unread: ReadonlySignal<number>;
  /** What is being written; kept while another tab is shown and while the link is down. */
  draft: { value: string };
  send: (text: string, replyTo: string | null) => void;
  retry: (commandId: string) => void;
  discard: (commandId: string) => void;
  edit: (messageId: string, text: string) => Promise<void>;
  remove: (messageId: string) => Promise<void>;
  loadOlder: () => Promise<void>;
  markRead: () => void;
  /** The room's state has changed. */
  changed: (state: RoomState, fresh: readonly Frame[], isSnapshot: boolean) => void;
  /** The link is back: whatever waits is sent again, in order. */
  resume: () => void;
}

export function createChat(call: Call, readOlder: ReadOlder, me: () => string | null): Chat {
  const log = signal<ChatLog>(EMPTY_LOG);
  const outbox = signal<Outbox>([]);
  const draft = signal("");
  const readUpTo = signal<number | null>(null);
  const unread = computed(() => {
    const seen = readUpTo.value;
    if (seen === null) return 0;
    return log.value.messages.filter((each) => each.seq > seen && each.participant_id !== me()).length;
  });

  const newest = (): number => log.peek().messages.at(-1)?.seq ?? 0;
  const change = (id: string, by: Partial<Outgoing>): void => {
    outbox.value = outstanding(withChange(outbox.peek(), id, by), log.peek().messages);
  };

  async function post(item: Outgoing): Promise<void> {
    change(item.command_id, { state: "sending" });
    try {
      const payload = { text: item.text, reply_to: item.reply_to };
      const { data } = await call<MessageView>("chat:send", payload, item.command_id);
      change(item.command_id, { message_id: data.id });
    } catch (error) {
      if (!(error instanceof ConveneError)) throw error;
      if (!error.isSilence) return change(item.command_id, { state: "failed", reason: error.message });
      change(item.command_id, { state: "waiting" });
      // Lost with the link up: nothing will call us, so we try again by ourselves.
      if (error.code !== "DISCONNECTED") setTimeout(() => retryWaiting(item.command_id), AGAIN_MS);
    }
  }

  function retryWaiting(commandId: string): void {
    const item = outbox.peek().find((each) => each.command_id === commandId);
    if (item?.state === "waiting") void post(item);
  }

  async function resume(): Promise<void> {
    for (const item of resendable(outbox.peek())) await post(item);
  }

  return {
    log,
    outbox,
    unread,
    draft,
    send: (text, replyTo) => {
      const item: Outgoing = {
        command_id: newId(),
        text,
        reply_to: replyTo,
        written_at: new Date().toISOString(),
        state: "sending",
      };
      outbox.value = [...outbox.peek(), item];
      void post(item);
    },
    retry: (commandId) => {
      const item = outbox.peek().find((each) => each.command_id === commandId);
      if (item) void post(item);
    },
    discard: (commandId) => (outbox.value = withoutCommand(outbox.peek(), commandId)),
    edit: async (message_id, text) => void (await call("chat:edit", { message_id, text }, newId())),
    remove: async (message_id) => void (await call("chat:delete", { message_id }, newId())),
    loadOlder: async () => {
      const oldest = log.peek().messages[0]?.seq;
      if (oldest === undefined || log.peek().isComplete) return;
      const page = await readOlder(oldest, PAGE);
      // A whole state may have come meanwhile: the page belongs before what it was asked for.
      if (log.peek().messages[0]?.seq === oldest) log.value = withOlder(log.peek(), page, PAGE);
    },
    markRead: () => (readUpTo.value = newest()),
    changed: (state, fresh, isSnapshot) =>
      batch(() => {
        log.value = isSnapshot
          ? withRecent(log.peek(), state.messages, RECENT_MESSAGES)
          : fresh.reduce(withFrame, log.peek());
        outbox.value = outstanding(outbox.peek(), log.peek().messages);
        if (readUpTo.peek() === null) readUpTo.value = newest();
      }),
    resume: () => void resume(),
  };
}

/** Why one cannot write now; null if one can. Hosts may write before the start and during a pause. */
export function silenceOf({ session }: RoomState, me: ParticipantView): string | null {
  if (!session.settings.allow_chat) return words.chat.off;
  if (me.is_muted) return words.chat.mutedHint;
  if (session.status === "active" || isHostRole(me.role)) return null;
  return session.status === "paused" ? words.chat.paused : words.chat.notLive;
}
