import type { VNode } from "preact";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { words } from "../words";
import { CancelDialog } from "./cancel_dialog";

export interface RowActions {
  cancel: (session: SessionView) => void;
  remove: (session: SessionView) => Promise<void>;
  restore: (session: SessionView) => Promise<void>;
  /** The question that is open at the moment. */
  dialog: VNode | null;
}

/** What can be done to a session from a list; `done` is called when the list is no longer true. */
export function useRowActions(done: () => void): RowActions {
  const { rest, toasts } = useClient();
  const [cancelling, setCancelling] = useState<SessionView | null>(null);

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
    if (isDone) toasts.tell(() => words.sessions.restoredToast(session.title));
  }

  async function remove(session: SessionView): Promise<void> {
    const isDone = await attempt(() => rest("DELETE", `/sessions/${session.id}`));
    const undo = { label: () => words.actions.undo, run: () => void restore(session) };
    if (isDone) toasts.tell(() => words.sessions.deletedToast(session.title), undo);
  }

  const dialog = cancelling && (
    <CancelDialog
      session={cancelling}
      onClose={() => setCancelling(null)}
      onCancelled={() => {
        setCancelling(null);
        toasts.tell(() => words.sessions.cancelledToast(cancelling.title));
        done();
      }}
    />
  );
  return { restore, remove, cancel: setCancelling, dialog };
}
