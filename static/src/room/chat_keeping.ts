// What was written and not sent outlives a reload of the page: kept for this tab, until the tab is closed.

import type { Mention } from "../contract/types";
import type { Outbox, Outgoing } from "./outbox";

export interface Kept {
  readonly outbox: Outbox;
  readonly draft: string;
  readonly picked: readonly Mention[];
}

export interface Keeping {
  /** What this participant left; null if nothing, or if it was somebody else. */
  read: (participantId: string) => Kept | null;
  write: (participantId: string, kept: Kept) => void;
}

type Drawer = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export function keepChat(sessionId: string, drawer: Drawer = sessionStorage): Keeping {
  const key = `convene:chat:${sessionId}`;
  return {
    read: (participantId) => {
      const found = parsed(drawer.getItem(key));
      return found?.participantId === participantId ? found : null;
    },
    write: (participantId, { outbox, draft, picked }) => {
      const unsent = outbox.filter((each) => !each.message_id);
      if (unsent.length === 0 && !draft) return drawer.removeItem(key);
      try {
        drawer.setItem(key, JSON.stringify({ participantId, outbox: unsent, draft, picked }));
      } catch {
        // The drawer is full: what is on the screen is still there, only a reload would lose it.
      }
    },
  };
}

function parsed(text: string | null): (Kept & { participantId: string }) | null {
  if (!text) return null;
  try {
    const found = JSON.parse(text) as Kept & { participantId: string };
    const outbox = found.outbox.map((each): Outgoing =>
      each.state === "failed" ? each : { ...each, state: "waiting" },
    );
    return { ...found, outbox };
  } catch {
    return null;
  }
}
