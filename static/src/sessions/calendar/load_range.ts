import type { SessionView } from "../../contract/types";
import type { Query, Rest } from "../../net/rest";

const PAGE = 100;
const MOST_PAGES = 5;

export interface Range {
  sessions: SessionView[];
  /** There are more than are worth drawing. */
  isCut: boolean;
}

/** Everything planned within what the query says, soonest first, up to a number that can still be looked at. */
export async function loadRange(rest: Rest, query: Query, signal: AbortSignal): Promise<Range> {
  const sessions: SessionView[] = [];
  for (let page = 1; ; page += 1) {
    const asked = { ...query, sortBy: "start_time", sortOrder: "asc", page, limit: PAGE };
    const { data, pagination } = await rest<SessionView[]>("GET", "/sessions", { query: asked, signal });
    sessions.push(...data);
    if (!pagination?.hasNext) return { sessions, isCut: false };
    if (page === MOST_PAGES) return { sessions, isCut: true };
  }
}
