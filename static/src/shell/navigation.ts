// Where one can go from everywhere. A new part of the site is a line here; `isOffered` says for whom.

import { CalendarDays, House, Plus, ShieldUser } from "lucide";
import type { IconNode } from "lucide";

import { adminPagesFor } from "../admin/pages";
import type { UserView } from "../contract/types";

export interface Destination {
  href: string;
  word: "home" | "sessions" | "newSession" | "admin";
  icon: IconNode;
  keys?: string;
  /** The part of the site it stands for, beyond its own address. */
  isPart?: (path: string) => boolean;
  isOffered?: (user: UserView) => boolean;
  /** Also while one acts in another tenant. */
  across?: boolean;
}

const DESTINATIONS: readonly Destination[] = [
  { href: "/", word: "home", icon: House },
  {
    href: "/sessions",
    word: "sessions",
    icon: CalendarDays,
    isPart: (path) => path.startsWith("/sessions/") && path !== "/sessions/new",
  },
  { href: "/sessions/new", word: "newSession", icon: Plus, keys: "n" },
  {
    href: "/admin",
    word: "admin",
    icon: ShieldUser,
    isPart: (path) => path.startsWith("/admin/"),
    isOffered: (user) => adminPagesFor(user).length > 0,
    across: true,
  },
];

export function destinationsFor(user: UserView | null, isAway: boolean): readonly Destination[] {
  if (!user) return [];
  return DESTINATIONS.filter(({ isOffered, across }) => (isOffered?.(user) ?? true) && (across || !isAway));
}

export function isHere({ href, isPart }: Destination, path: string): boolean {
  return path === href || (isPart?.(path) ?? false);
}
