import type { SessionView } from "../../contract/types";
import type { Query, Rest } from "../../net/rest";

/** As many as the server gives at once. */
const PAGE = 100;
/** More than any month has; whoever asks for all of a large site is told that there are more. */
export const MOST_PAGES = 30;

export interface Range {
  sessions: SessionView[];
  /** There are more than are worth drawing. */
  isCut: boolean;
}

/** Everything planned within what the query says, soonest first, page by page; each once, whatever moves meanwhile. */
export async function loadRange(rest: Rest, query: Query, signal: AbortSignal): Promise<Range> {
  const sessions = new Map<string, SessionView>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const asked = { ...query, sortBy: "start_time", sortOrder: "asc", page, limit: PAGE };
    const { data, pagination } = await rest<SessionView[]>("GET", "/sessions", { query: asked, signal });
    for (const each of data) sessions.set(each.id, each);
    if (!pagination?.hasNext) return { sessions: [...sessions.values()], isCut: false };
  }
  return { sessions: [...sessions.values()], isCut: true };
}
