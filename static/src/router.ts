// The page's address as a signal, and going elsewhere without loading the page again.

import { signal, type ReadonlySignal } from "@preact/signals";

export interface Place {
  path: string;
  query: URLSearchParams;
  /** What the page before said to this one; survives a reload, not a copied link. */
  state: Record<string, unknown>;
}

export interface Router {
  /** Whether one has been on another page before, so that a new page is news. */
  readonly hasMoved: boolean;
  place: ReadonlySignal<Place>;
  go: (to: string, options?: { replace?: boolean; state?: Record<string, unknown> }) => void;
}

export function createRouter(): Router {
  const place = signal(here());
  let hasMoved = false;
  const arrive = (): void => {
    hasMoved = true;
    place.value = here();
  };
  addEventListener("popstate", arrive);

  return {
    get hasMoved() {
      return hasMoved;
    },
    place,
    go: (to, { replace = false, state = {} } = {}) => {
      if (replace) history.replaceState(state, "", to);
      else history.pushState(state, "", to);
      arrive();
    },
  };
}

function here(): Place {
  return {
    path: location.pathname.replace(/\/+$/, "") || "/",
    query: new URLSearchParams(location.search),
    state: (history.state ?? {}) as Record<string, unknown>,
  };
}

/** The parts that `pattern` names, such as `id` in /room/:id; null if the path is another. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== given.length) return null;
  const parts: Record<string, string> = {};
  for (const [i, want] of wanted.entries()) {
    const part = given[i] ?? "";
    if (want.startsWith(":")) parts[want.slice(1)] = decode(part);
    else if (want !== part) return null;
  }
  return parts;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Only an address of this site: nobody is led away by a link that says ?next=. */
export function ownPath(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}
