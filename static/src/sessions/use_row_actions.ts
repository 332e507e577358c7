import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { words } from "../words";

interface Actions {
  cancel: (session: SessionView, reason: string) => Promise<void>;
  remove: (session: SessionView) => Promise<void>;
  restore: (session: SessionView) => Promise<void>;
}

/** What can be done to a session from a list; `done` is called when the list is no longer true. */
export function useRowActions(done: () => void): Actions {
  const { rest, toasts } = useClient();

  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      toasts.complain(error);
      return false;
    } finally {
      done();
    }
  }

  async function restore(session: SessionView): Promise<void> {
    const isDone = await attempt(() => rest("POST", `/sessions/${session.id}/restore`));
    if (isDone) toasts.tell(words.sessions.restoredToast(session.title));
  }

  return {
    restore,
    cancel: async (session, reason) => {
      const isDone = await attempt(() => rest("POST", `/sessions/${session.id}/cancel`, { body: { reason } }));
      if (isDone) toasts.tell(words.sessions.cancelledToast(session.title));
    },
    remove: async (session) => {
      const isDone = await attempt(() => rest("DELETE", `/sessions/${session.id}`));
      const undo = { label: words.actions.undo, run: () => void restore(session) };
      if (isDone) toasts.tell(words.sessions.deletedToast(session.title), undo);
    },
  };
}
