// One room as the views see it: signals of what is, and the commands one can give.

import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

import type { MessageView, ParticipantView, PreviewSession, RecordingView, RoomState } from "../contract/types";
import type { Client } from "../client";
import type { Reaction } from "../contract/events";
import { seatIn } from "../join/seat";
import type { ConveneError } from "../net/error";
import { openLink } from "../net/socket";
import { createChat, type Call, type Chat } from "./chat";
import { Connection, type Told, type Why } from "./connection";
import { newsOf } from "./news";
import type { Me } from "./rights";
import { createSoon } from "./soon";

export interface Waiting {
  position: number | null;
  session: PreviewSession | null;
  messages: readonly string[];
}

export type Phase =
  | { name: "connecting" }
  | { name: "consent" }
  | { name: "waiting" }
  | { name: "inside" }
  | { name: "closed"; why: Why; reason: string | null; error?: ConveneError };

export interface Floating {
  key: number;
  emoji: Reaction;
  name: string;
}

export interface Room {
  readonly id: string;
  phase: ReadonlySignal<Phase>;
  isLinked: ReadonlySignal<boolean>;
  state: ReadonlySignal<RoomState | null>;
  me: ReadonlySignal<ParticipantView | null>;
  rights: ReadonlySignal<Me | null>;
  waiting: ReadonlySignal<Waiting>;
  /** How many messages were caught up on after the link was lost; null: nothing to say. */
  caughtUp: ReadonlySignal<number | null>;
  reactions: ReadonlySignal<readonly Floating[]>;
  spoken: ReadonlySignal<readonly string[]>;
  /** Set while the chat is on the screen, where its messages are read out in place. */
  isChatShown: Signal<boolean>;
  chat: Chat;
  call: Call;
  /** Gives a command; says so if it is refused. */
  order: (command: string, payload?: object) => Promise<boolean>;
  start: () => Promise<void>;
  consent: () => void;
  leave: () => Promise<void>;
  /** The token that REST takes for this room. */
  token: () => string | null;
  authenticate: (token: string) => void;
  close: () => void;
}

const FLOAT_MS = 4_000;
const SPOKEN_MS = 3_000;
const CAUGHT_UP_MS = 5_000;
const MOST_FLOATING = 30;

export function openRoom(id: string, client: Client): Room {
  const { account, router, rest, toasts } = client;
  const seat = account.token.peek() ? null : seatIn(id);
  const token = (): string | null => seat?.token ?? account.token.peek();
  const phase = signal<Phase>({ name: "connecting" });
  const isLinked = signal(true);
  const state = signal<RoomState | null>(null);
  const meId = signal<string | null>(null);
  const permissions = signal<ReadonlySet<string>>(new Set());
  const waiting = signal<Waiting>({ position: null, session: null, messages: [] });
  const caughtUp = signal<number | null>(null);
  const reactions = signal<readonly Floating[]>([]);
  const spoken = signal<readonly string[]>([]);
  const isChatShown = signal(false);
  let floats = 0;

  const me = computed(() => state.value?.participants[meId.value ?? ""] ?? null);
  const rights = computed<Me | null>(() => {
    if (!me.value || !state.value) return null;
    const { role } = me.value;
    const isAdmin = account.user.value?.role === "admin";
    return { id: me.value.id, role, isAdmin, ownerId: state.value.session.owner_id, permissions: permissions.value };
  });
  const call: Call = (command, payload, commandId) => connection.call(command, payload, commandId);
  const chat = createChat(call, readOlder, () => meId.peek());

  async function readOlder(before: number, limit: number): Promise<MessageView[]> {
    const guest = seat ? { token: seat.token } : {};
    return (await rest<MessageView[]>("GET", `/sessions/${id}/messages`, { query: { before, limit }, ...guest })).data;
  }

  const told: Told = {
    linkLost: () => (isLinked.value = false),
    inside: (answer, missed) => {
      batch(() => {
        meId.value = answer.participant.id;
        permissions.value = new Set(answer.permissions);
        phase.value = { name: "inside" };
        const wasLost = !isLinked.value;
        isLinked.value = true;
        if (wasLost && missed.isReturn) caughtUp.value = missed.messages;
      });
      if (caughtUp.peek() !== null) setTimeout(() => (caughtUp.value = null), CAUGHT_UP_MS);
      chat.resume();
    },
    waiting: (answer) =>
      batch(() => {
        meId.value = answer.participant.id;
        isLinked.value = true;
        phase.value = { name: "waiting" };
        waiting.value = {
          ...waiting.peek(),
          position: answer.position ?? null,
          session: answer.session ?? waiting.peek().session,
        };
      }),
    position: (position) => (waiting.value = { ...waiting.peek(), position }),
    waitingMessage: (text) => (waiting.value = { ...waiting.peek(), messages: [...waiting.peek().messages, text] }),
    changed: (next, fresh, before, isSnapshot) =>
      batch(() => {
        state.value = next;
        chat.changed(next, fresh, isSnapshot);
        const news = newsOf(fresh, before, next, meId.peek() ?? "");
        const said = isChatShown.peek() ? news.spoken : [...news.written, ...news.spoken];
        if (said.length) say(said);
        for (const text of news.shown) toasts.tell(text);
      }),
    reacted: (actor, emoji) => float(emoji, state.peek()?.participants[actor]?.display_name ?? ""),
    consentNeeded: () => (phase.value = { name: "consent" }),
    closed: (why, reason, error) => (phase.value = { name: "closed", why, reason, ...(error && { error }) }),
  };

  function say(texts: readonly string[]): void {
    spoken.value = texts;
    // Once read out, it must not be found again by those who read through the page.
    setTimeout(() => spoken.peek() === texts && (spoken.value = []), SPOKEN_MS);
  }

  function float(emoji: Reaction, name: string): void {
    const key = (floats += 1);
    reactions.value = [...reactions.peek(), { key, emoji, name }].slice(-MOST_FLOATING);
    setTimeout(() => (reactions.value = reactions.peek().filter((each) => each.key !== key)), FLOAT_MS);
  }

  async function order(command: string, payload?: object): Promise<boolean> {
    try {
      await call(command, payload);
      return true;
    } catch (error) {
      toasts.complain(error);
      return false;
    }
  }

  const joining = router.place.peek().state.joining ?? {};
  const connection = new Connection({
    sessionId: id,
    fields: joining,
    open: (handlers) => openLink(token, handlers),
    // A guest's token cannot be renewed; who has an account gets a fresh one.
    freshToken: () => (seat ? Promise.resolve(null) : account.refresh()),
    told,
    soon: createSoon(),
  });

  return {
    id,
    phase,
    isLinked,
    state,
    me,
    rights,
    waiting,
    caughtUp,
    reactions,
    spoken,
    isChatShown,
    chat,
    call,
    order,
    start: async () => {
      if (state.peek()?.session.status === "draft") {
        await rest("POST", `/sessions/${id}/schedule`, { body: {} }).catch(toasts.complain);
      }
      await order("session:start");
    },
    consent: () => {
      if (phase.peek().name === "inside") void order("participant:consent", { consent: true });
      else connection.join({ consent: true });
    },
    leave: () => connection.leave(),
    token,
    authenticate: (fresh) => {
      if (!seat) connection.authenticate(fresh);
    },
    close: () => connection.close(),
  };
}

/** Whether I am asked, now that somebody records: not whoever started it, and nobody twice. */
export function mustConsent(
  state: RoomState,
  me: ParticipantView,
  recording: RecordingView | null = state.recording,
): boolean {
  if (!recording || !state.session.settings.recording_consent) return false;
  return me.consented_at === null && recording.started_by !== me.id;
}

export const RoomContext = createContext<Room | null>(null);

export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (!room) throw new Error("This view is not inside a RoomContext.");
  return room;
}

/** The room's parts that are there once one is inside. */
export function useInside(): { room: Room; state: RoomState; me: ParticipantView; rights: Me } {
  const room = useRoom();
  const [state, me, rights] = [room.state.value, room.me.value, room.rights.value];
  if (!state || !me || !rights) throw new Error("This view is only for people inside the room.");
  return { room, state, me, rights };
}
