import { useEffect, useState } from "preact/hooks";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { ConveneError } from "../net/error";
import { words } from "../words";
import { focusFirstError } from "./focus_first_error";
import { draftOf, updateOf, type Draft } from "./form_model";
import { merge, type Merged } from "./merge";
import type { DraftState } from "./use_draft";
import type { Validation } from "./use_validation";

export interface Clash {
  theirs: Draft;
  merged: Merged;
}

interface Editing {
  save: () => Promise<void>;
  isBusy: boolean;
  clash: Clash | null;
  settle: (draft: Draft) => void;
}

/** Saves what was changed, and only that; what somebody else has changed meanwhile is taken in, or asked about. */
export function useEditing(loaded: SessionView, form: DraftState, validation: Validation): Editing {
  const { rest, router, toasts } = useClient();
  const [session, setSession] = useState(loaded);
  const [clash, setClash] = useState<Clash | null>(null);
  const [isBusy, setBusy] = useState(false);

  // What was kept from before may have been typed over an older state of things.
  useEffect(() => takeIn(loaded), []);

  function takeIn(current: SessionView): void {
    setSession(current);
    const theirs = draftOf(current);
    const merged = merge(form.before, form.after, theirs);
    if (merged.clashes.length > 0) setClash({ theirs, merged });
    else form.rebase(theirs, merged.draft);
  }

  async function save(): Promise<void> {
    if (Object.keys(validation.insist()).length) return focusFirstError();
    setBusy(true);
    try {
      const body = { ...updateOf(form.before, form.after), unchanged_since: session.updated_at };
      await rest("PATCH", `/sessions/${session.id}`, { body });
      form.forget();
      toasts.tell(() => words.form.saved);
      router.go(`/sessions/${session.id}`);
    } catch (error) {
      await refused(error).catch(toasts.complain);
      setBusy(false);
    }
  }

  async function refused(error: unknown): Promise<void> {
    if (!(error instanceof ConveneError)) throw error;
    if (error.code === "SESSION_CHANGED") {
      takeIn((await rest<SessionView>("GET", `/sessions/${session.id}`)).data);
      return toasts.tell(() => words.form.changedMeanwhile);
    }
    if (Object.keys(validation.accept(error)).length === 0) throw error;
    focusFirstError();
  }

  return {
    save,
    isBusy,
    clash,
    settle: (draft) => {
      if (clash) form.rebase(clash.theirs, draft);
      setClash(null);
    },
  };
}
