import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { ConveneError } from "../net/error";
import { words } from "../words";
import { focusFirstError } from "./focus_first_error";
import { createOf, type Draft } from "./form_model";
import type { Validation } from "./use_validation";

/** What one wants of a new session: to begin at once, to plan it, or to go on preparing it. */
export type Way = "start" | "schedule" | "draft";

interface Creation {
  create: (way: Way) => Promise<void>;
  busy: Way | null;
}

export function useCreation(draft: Draft, validation: Validation, sent: () => void): Creation {
  const { rest, router, toasts } = useClient();
  const [busy, setBusy] = useState<Way | null>(null);

  async function arrive(way: Way, session: SessionView): Promise<void> {
    if (way !== "start") {
      toasts.tell(() => (way === "draft" ? words.form.draftSaved : words.form.scheduled));
      return router.go(`/sessions/${session.id}/ready`, { replace: true });
    }
    // Should starting fail, the session is there all the same, and can be started from its room.
    await rest("POST", `/sessions/${session.id}/start`).catch(toasts.complain);
    router.go(`/room/${session.id}`);
  }

  async function create(way: Way): Promise<void> {
    if (Object.keys(validation.insist()).length) return focusFirstError();
    setBusy(way);
    try {
      const body = createOf(draft, way === "draft" ? "draft" : "scheduled");
      const { data } = await rest<SessionView>("POST", "/sessions", { body });
      sent();
      await arrive(way, data);
    } catch (error) {
      const isPlaced = error instanceof ConveneError && Object.keys(validation.accept(error)).length > 0;
      if (isPlaced) focusFirstError();
      else toasts.complain(error);
      setBusy(null);
    }
  }

  return { create, busy };
}
