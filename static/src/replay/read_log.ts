// A session's log over REST, page after page.

import type { Frame } from "../contract/events";
import type { RoomState } from "../contract/types";
import type { Rest } from "../net/rest";

const PAGE = 1_000;

/** Calls `onPage` with each page from a place on; `isLast` with the one after which nothing is known to come. */
export async function readLog(
  rest: Rest,
  sessionId: string,
  after: number,
  onPage: (frames: Frame[], isLast: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let from = after; ;) {
    const query = { after: from, limit: PAGE };
    const { data } = await rest<Frame[]>("GET", `/sessions/${sessionId}/events`, { query, signal });
    const isLast = data.length < PAGE;
    if (signal.aborted) return;
    onPage(data, isLast);
    if (isLast) return;
    from = data.at(-1)?.seq ?? from;
  }
}

/** The state before the first event of the log, which is the one that says how the session was set up. */
export async function readBeginning(rest: Rest, sessionId: string, signal: AbortSignal): Promise<RoomState> {
  const { data } = await rest<{ state: RoomState }>("GET", `/sessions/${sessionId}/state`, { signal });
  return beginningOf(data.state);
}

/** The room as the same people see it, before anything has happened in it. */
export function beginningOf(state: RoomState): RoomState {
  return {
    ...state,
    session: { ...state.session, status: "scheduled", started_at: null, ended_at: null, paused_at: null, paused_s: 0 },
    roster: "full",
    present: 0,
    participants: {},
    waiting: {},
    messages: [],
    polls: {},
    recording: null,
  };
}
