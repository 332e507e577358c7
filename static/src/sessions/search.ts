// What one looks for among the sessions, and how it is shown: kept in the page's address, so that it survives a reload,
// can be gone back to, and can be sent to somebody.

import type { Query } from "../net/rest";
import { isDay, type Day } from "./calendar/days";
import { KINDS } from "./kind_icons";

export const PAGE_SIZE = 20;
export const VIEWS = ["list", "month", "week"] as const;
export const STATUSES = ["draft", "scheduled", "active", "paused", "ended", "cancelled"] as const;
export const SORTS = [
  "created_at:desc",
  "created_at:asc",
  "start_time:asc",
  "start_time:desc",
  "title:asc",
  "title:desc",
  "updated_at:desc",
] as const;

export type View = (typeof VIEWS)[number];
export type Sort = (typeof SORTS)[number];

export interface Search {
  q: string;
  kind: string;
  status: string;
  tag: string;
  /** The first and the last day on which a session may start; "" for no limit. */
  from: Day;
  to: Day;
  live: boolean;
  /** Only those that one hosts oneself. */
  mine: boolean;
  deleted: boolean;
  sort: Sort;
  page: number;
  view: View;
  /** A day of the month or week shown; "" for today. */
  at: Day;
}

/** What narrows the search, and can be taken away again. */
export type Filter = "q" | "kind" | "status" | "tag" | "from" | "to" | "live" | "mine" | "deleted";

export const NO_FILTERS = {
  q: "",
  kind: "",
  status: "",
  tag: "",
  from: "",
  to: "",
  live: false,
  mine: false,
  deleted: false,
} as const satisfies Pick<Search, Filter>;

const DEFAULT_SORT: Sort = "created_at:desc";

/** What the address says; what makes no sense in it is as if it were not there. */
export function searchFrom(query: URLSearchParams): Search {
  const page = Number(query.get("page") ?? 1);
  const oneOf = <T extends string, E>(name: string, known: readonly T[], otherwise: E): T | E =>
    known.find((each) => each === query.get(name)) ?? otherwise;
  const day = (name: string): Day => (isDay(query.get(name) ?? "") ? (query.get(name) ?? "") : "");
  const isOn = (name: string): boolean => query.get(name) === "true";
  return {
    q: query.get("q") ?? "",
    kind: oneOf("kind", KINDS, ""),
    status: oneOf("status", STATUSES, ""),
    tag: query.get("tag") ?? "",
    from: day("from"),
    to: day("to"),
    live: isOn("live"),
    mine: isOn("mine"),
    deleted: isOn("deleted"),
    sort: oneOf("sort", SORTS, DEFAULT_SORT),
    page: Number.isInteger(page) && page > 0 ? page : 1,
    view: oneOf("view", VIEWS, "list"),
    at: day("at"),
  };
}

/** As the page's address shows it: only what differs from the plain list. */
export function addressOf(search: Search): Query {
  return {
    q: search.q.trim() || undefined,
    kind: search.kind || undefined,
    status: search.status || undefined,
    tag: search.tag.trim() || undefined,
    from: search.from || undefined,
    to: search.to || undefined,
    live: search.live || undefined,
    mine: search.mine || undefined,
    deleted: search.deleted || undefined,
    sort: search.sort === DEFAULT_SORT ? undefined : search.sort,
    page: search.page > 1 ? search.page : undefined,
    view: search.view === "list" ? undefined : search.view,
    at: search.at || undefined,
  };
}

/** When the first of these days begins and the last one is over, as the server is asked for it. */
export type Bounds = (from: Day, to: Day) => { from?: string; to?: string };

/** As the server is asked for what fits, whatever part of it is shown. */
export function filtersOf(search: Search, userId: string, boundsOf: Bounds): Query {
  return {
    q: search.q.trim(),
    kind: search.kind,
    status: search.status,
    tag: search.tag.trim(),
    active: search.live || undefined,
    owner_id: search.mine ? userId : undefined,
    deleted: search.deleted || undefined,
    ...boundsOf(search.from, search.to),
  };
}

/** As the server is asked for a page of the list. */
export function requestOf(search: Search, userId: string, boundsOf: Bounds): Query {
  const [sortBy, sortOrder] = search.sort.split(":");
  return { ...filtersOf(search, userId, boundsOf), sortBy, sortOrder, page: search.page, limit: PAGE_SIZE };
}

/** The filters that are set, in the order in which they are shown. */
export function filtersIn(search: Search): Filter[] {
  const names = Object.keys(NO_FILTERS) as Filter[];
  return names.filter((name) => (typeof search[name] === "string" ? search[name].trim() !== "" : search[name]));
}
