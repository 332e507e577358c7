// The REST door: one function, which gives the data or throws a ConveneError.

import type { Pagination } from "../contract/types";
import { words } from "../words";
import { ConveneError, DISCONNECTED, TIMED_OUT, UNREADABLE, isErrorBody } from "./error";
import { serverClock } from "./server_clock";

const BASE = "/api/v1";
const TIMEOUT_MS = 15_000;

export type Method = "GET" | "POST" | "PATCH" | "DELETE";
export type Query = Record<string, string | number | boolean | null | undefined>;

export interface Request {
  query?: Query;
  /** What becomes JSON; or a file, which goes as it is. */
  body?: unknown;
  /** Another token than the account's: a guest's; "" for none. */
  token?: string;
  signal?: AbortSignal;
  /** The answer is a file: `data` is its Blob. */
  isFile?: boolean;
}

export interface Answer<T> {
  data: T;
  pagination?: Pagination;
}

/** Where the account's token comes from, and how to get a fresh one (null: signed out). */
export interface Credentials {
  token: () => string | null;
  refresh: () => Promise<string | null>;
  /** The tenant in which the account asks for this, where it is not its own. */
  tenantFor?: (path: string) => string | null;
}

export type Rest = <T>(method: Method, path: string, request?: Request) => Promise<Answer<T>>;

export function createRest(credentials: Credentials, fetcher: typeof fetch = fetch): Rest {
  return async <T>(method: Method, path: string, request: Request = {}) => {
    const token = request.token ?? credentials.token();
    const tenant = request.token === undefined ? (credentials.tenantFor?.(path) ?? null) : null;
    const ask = (by: string | null): Promise<Answer<T>> =>
      once<T>(fetcher, method, path, request, { token: by, tenant });
    try {
      return await ask(token);
    } catch (error) {
      const hasExpired = error instanceof ConveneError && error.code === "TOKEN_EXPIRED";
      if (!hasExpired || request.token !== undefined) throw error;
      const fresh = await credentials.refresh();
      if (!fresh) throw error;
      return ask(fresh);
    }
  };
}

async function once<T>(
  fetcher: typeof fetch,
  method: Method,
  path: string,
  request: Request,
  { token, tenant }: { token: string | null; tenant: string | null },
): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: request.isFile ? "*/*" : "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (tenant) headers["Convene-Tenant"] = tenant;
  const isFile = request.body instanceof Blob;
  if (request.body !== undefined) headers["Content-Type"] = isFile ? (request.body as Blob).type : "application/json";
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const init: RequestInit = {
    method,
    headers,
    credentials: "same-origin",
    signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
  };
  if (request.body !== undefined) init.body = isFile ? (request.body as Blob) : JSON.stringify(request.body);
  const sentAt = Date.now();
  const response = await fetcher(`${BASE}${path}${queryString(request.query)}`, init).catch((error: unknown) => {
    throw silence(error, request.signal);
  });
  serverClock.heardAnswer(response.headers.get("Date"), sentAt);
  if (request.isFile && response.ok) return { data: (await response.blob()) as T };
  return read<T>(response);
}

function silence(error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted) return error;
  const hasTimedOut = error instanceof DOMException && error.name === "TimeoutError";
  return hasTimedOut
    ? ConveneError.of(TIMED_OUT, () => words.errors.timedOut)
    : ConveneError.of(DISCONNECTED, () => words.errors.offline);
}

async function read<T>(response: Response): Promise<Answer<T>> {
  if (response.status === 204) return { data: undefined as T };
  const body: unknown = await response.json().catch(() => null);
  if (isErrorBody(body)) throw new ConveneError(body);
  const isAnswer = typeof body === "object" && body !== null && "data" in body;
  if (!response.ok || !isAnswer) throw ConveneError.of(UNREADABLE, () => words.errors.unreadable);
  return body as Answer<T>;
}

export function queryString(query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()}`;
}
