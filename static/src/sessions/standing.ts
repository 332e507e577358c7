// How a session stands, and how one stands to it.

import type { SessionView } from "../contract/types";

type Standing = Pick<SessionView, "status">;

export function isOver({ status }: Standing): boolean {
  return status === "ended" || status === "cancelled";
}

export function isLive({ status }: Standing): boolean {
  return status === "active" || status === "paused";
}

/** Whether one may change it. */
export function leads({ my_role }: Pick<SessionView, "my_role">): boolean {
  return my_role === "host" || my_role === "co_host";
}
