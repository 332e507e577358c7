// What time it is at the server. A person's own clock may be wrong by an hour; whatever runs or counts down here is
// measured by the server's, learnt from what it says. Everything reads the time from here.

const UNKNOWN: Bounds = { least: -Infinity, most: Infinity };
/** The Date of an answer tells whole seconds, and the server may look at its clock only once a second. */
const COARSE_MS = 2_000;

/** The server's clock is ahead of ours by no less and no more than this, in milliseconds. */
interface Bounds {
  least: number;
  most: number;
}

export interface ServerClock {
  /** Milliseconds since 1970, by the server's clock as far as it is known. */
  now: () => number;
  /** An answer with this Date came at `receivedAt` to what was asked at `sentAt`, both by our own clock. */
  heardAnswer: (date: string | null, sentAt: number, receivedAt?: number) => void;
  /** Something happened at the server at this instant; so it is not earlier than that. */
  heardEvent: (at: string) => void;
  /** How long ago an answer told the time; Infinity before the first. */
  age: () => number;
}

export function createServerClock(own: () => number = Date.now): ServerClock {
  let known = UNKNOWN;
  let toldAt = -Infinity;

  function learn(next: Bounds): void {
    const both = { least: Math.max(known.least, next.least), most: Math.min(known.most, next.most) };
    // One of the two clocks was set anew: what was known before counts no more.
    known = both.least <= both.most ? both : next;
  }

  return {
    now: () => own() + offsetWithin(known),
    heardAnswer: (date, sentAt, receivedAt = own()) => {
      const told = Date.parse(date ?? "");
      if (Number.isNaN(told)) return;
      toldAt = receivedAt;
      learn({ least: told - receivedAt, most: told + COARSE_MS - sentAt });
    },
    heardEvent: (at) => {
      const happened = Date.parse(at);
      // What is told again after a lost link is old, and so says nothing new.
      if (!Number.isNaN(happened)) learn({ least: happened - own(), most: Infinity });
    },
    age: () => Math.abs(own() - toldAt),
  };
}

/** Our own clock if it can be right: it is finer than what is told. */
function offsetWithin({ least, most }: Bounds): number {
  if (least <= 0 && most >= 0) return 0;
  if (most === Infinity) return least;
  if (least === -Infinity) return most;
  return (least + most) / 2;
}

export const serverClock = createServerClock();

/** The server's time now, in milliseconds since 1970. */
export const serverNow = (): number => serverClock.now();

const FRESH_MS = 10 * 60_000;

/** Asks the server for the time, unless it has told it lately. Not being answered is no harm. */
export async function askTime(clock: ServerClock = serverClock, fetcher: typeof fetch = fetch): Promise<void> {
  if (clock.age() < FRESH_MS) return;
  const sentAt = Date.now();
  const answer = await fetcher("/healthz", { cache: "no-store" }).catch(() => null);
  if (answer) clock.heardAnswer(answer.headers.get("Date"), sentAt);
}
