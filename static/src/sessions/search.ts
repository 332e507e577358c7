// What one looks for in the list of sessions, kept in the page's address so that it survives a reload and can be sent.

import type { Query } from "../net/rest";

export const PAGE_SIZE = 20;

export interface Search {
  q: string;
  kind: string;
  status: string;
  live: boolean;
  deleted: boolean;
  /** Field and direction, such as "created_at:desc". */
  sort: string;
  page: number;
}

export const DEFAULT_SORT = "created_at:desc";

export function searchFrom(query: URLSearchParams): Search {
  const page = Number(query.get("page") ?? 1);
  return {
    q: query.get("q") ?? "",
    kind: query.get("kind") ?? "",
    status: query.get("status") ?? "",
    live: query.get("live") === "true",
    deleted: query.get("deleted") === "true",
    sort: query.get("sort") ?? DEFAULT_SORT,
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

/** As the page's address shows it: only what differs from the plain list. */
export function addressOf(search: Search): Query {
  return {
    q: search.q.trim() || undefined,
    kind: search.kind || undefined,
    status: search.status || undefined,
    live: search.live || undefined,
    deleted: search.deleted || undefined,
    sort: search.sort === DEFAULT_SORT ? undefined : search.sort,
    page: search.page > 1 ? search.page : undefined,
  };
}

/** As the server is asked for it. */
export function requestOf(search: Search): Query {
  const [sortBy, sortOrder] = search.sort.split(":");
  return {
    q: search.q.trim(),
    kind: search.kind,
    status: search.status,
    active: search.live || undefined,
    deleted: search.deleted || undefined,
    sortBy,
    sortOrder,
    page: search.page,
    limit: PAGE_SIZE,
  };
}

export function isPlain(search: Search): boolean {
  return !search.q.trim() && !search.kind && !search.status && !search.live && !search.deleted;
}
