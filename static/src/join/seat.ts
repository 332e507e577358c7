// A guest's place in a session: kept for as long as the tab is open, so that a reload comes back to it.

const KEY = "convene:seat:";
const NAME_KEY = "convene:name";

export interface Seat {
  token: string;
  code: string;
  name: string;
}

export function seatIn(sessionId: string, storage: Storage = sessionStorage): Seat | null {
  try {
    return JSON.parse(storage.getItem(KEY + sessionId) ?? "null") as Seat | null;
  } catch {
    return null;
  }
}

/** The place in the session with this code, if this tab has one. */
export function seatAt(code: string, storage: Storage = sessionStorage): (Seat & { sessionId: string }) | null {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
  for (const sessionId of keys.filter((key) => key.startsWith(KEY)).map((key) => key.slice(KEY.length))) {
    const seat = seatIn(sessionId, storage);
    if (seat?.code === code) return { ...seat, sessionId };
  }
  return null;
}

export function keepSeat(sessionId: string, seat: Seat, storage: Storage = sessionStorage): void {
  storage.setItem(KEY + sessionId, JSON.stringify(seat));
}

export function giveUpSeat(sessionId: string, storage: Storage = sessionStorage): void {
  storage.removeItem(KEY + sessionId);
}

/** The name a guest gave last, so that they need not type it again. */
export function rememberedName(storage: Storage = localStorage): string {
  return storage.getItem(NAME_KEY) ?? "";
}

export function rememberName(name: string, storage: Storage = localStorage): void {
  storage.setItem(NAME_KEY, name);
}
