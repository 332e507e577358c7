// The Socket.IO door. `call` always settles: with the answer, with the server's refusal, or with silence.

import { io, type Socket as Wire } from "socket.io-client";

import type { SignalData } from "../contract/events";
import { words } from "../words";
import { ConveneError, DISCONNECTED, TIMED_OUT, type ErrorBody } from "./error";

const TIMEOUT_MS = 10_000;
const RETRY_MS = 500;
const LONGEST_RETRY_MS = 5_000;
const SHORTEST_RETURN_MS = 50;

export interface Ack<T> {
  data: T;
  /** The log's head after the command. */
  seq?: number;
}

type WireAck = { ok: true; data: unknown; seq?: number } | { ok: false; error: ErrorBody };

export interface Handlers {
  connected: () => void;
  /** The link was lost; it is being tried again, unless the server cut it (`byServer`). */
  disconnected: (byServer: boolean) => void;
  /** The server refused the link itself: a token that is not good any more, or too many at once. */
  refused: (error: ConveneError) => void;
}

export interface Link {
  call: <T>(command: string, payload: object, commandId?: string) => Promise<Ack<T>>;
  on: (type: string, handler: (message: never) => void) => void;
  connect: () => void;
  /** Gives up the link as it is, if there is one, and tries anew at once instead of when it is next due. */
  retry: () => void;
  close: () => void;
  readonly isConnected: boolean;
}

/** What the transport must be able to do: socket.io-client's Socket, or its double in a test. */
export interface Transport {
  connected: boolean;
  on: (event: string, listener: (...parts: never[]) => void) => unknown;
  emit: (event: string, payload: object, ack: (answer: WireAck) => void) => unknown;
  connect: () => unknown;
  disconnect: () => unknown;
}

/** A link to this page's own server that authenticates with whatever `token` gives at the time. */
export function openLink(token: () => string | null, handlers: Handlers): Link {
  const wire: Wire = io({
    path: "/socket.io/",
    transports: ["websocket", "polling"],
    autoConnect: false,
    reconnectionDelay: RETRY_MS,
    reconnectionDelayMax: LONGEST_RETRY_MS,
    auth: (give) => give({ token: token() }),
  });
  comeBackWhenTold(wire as unknown as Transport, wire.io);
  return linkOver(wire as unknown as Transport, handlers);
}

/** What decides when a lost link is tried again: socket.io-client's Manager. */
export interface Retrying {
  reconnectionDelay: (ms: number) => unknown;
  reconnectionDelayMax: (ms: number) => unknown;
  randomizationFactor: (share: number) => unknown;
}

/** A server that stops tells each client another moment to come back, so that they do not all come at once. */
export function comeBackWhenTold(wire: Transport, retrying: Retrying): void {
  const comeBack = (afterMs: number, randomShare: number): void => {
    retrying.reconnectionDelay(afterMs);
    retrying.reconnectionDelayMax(Math.max(LONGEST_RETRY_MS, afterMs));
    retrying.randomizationFactor(randomShare);
  };
  wire.on("server:draining", (told: SignalData["server:draining"]) => {
    comeBack(Math.max(SHORTEST_RETURN_MS, told.reconnect_in_s * 1000), 0);
  });
  wire.on("connect", () => comeBack(RETRY_MS, 0.5));
}

/** The commands' answers and failures, over any transport. */
export function linkOver(wire: Transport, handlers: Handlers, timeoutMs = TIMEOUT_MS): Link {
  const pending = new Set<(error: ConveneError) => void>();
  wire.on("connect", () => handlers.connected());
  wire.on("disconnect", (reason: string) => {
    for (const fail of [...pending]) fail(ConveneError.of(DISCONNECTED, () => words.errors.offline));
    handlers.disconnected(reason === "io server disconnect");
  });
  wire.on("connect_error", (error: Error & { data?: ErrorBody }) => {
    if (error.data?.errorCode) handlers.refused(new ConveneError(error.data));
  });

  function call<T>(command: string, payload: object, commandId?: string): Promise<Ack<T>> {
    // Nothing is queued while the link is down: whoever asks decides whether it still makes sense later.
    if (!wire.connected) return Promise.reject(ConveneError.of(DISCONNECTED, () => words.errors.offline));
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        if (pending.delete(fail)) finish();
      };
      const fail = (error: ConveneError): void => settle(() => reject(error));
      const timer = setTimeout(() => fail(ConveneError.of(TIMED_OUT, () => words.errors.timedOut)), timeoutMs);
      pending.add(fail);
      wire.emit(command, commandId ? { ...payload, command_id: commandId } : payload, (answer) => {
        if (answer.ok)
          settle(() => resolve({ data: answer.data as T, ...(answer.seq !== undefined && { seq: answer.seq }) }));
        else fail(new ConveneError(answer.error));
      });
    });
  }

  return {
    call,
    on: (type, handler) => void wire.on(type, handler),
    connect: () => void wire.connect(),
    retry: () => {
      wire.disconnect();
      wire.connect();
    },
    close: () => void wire.disconnect(),
    get isConnected() {
      return wire.connected;
    },
  };
}
