import { useEffect, useMemo, useState } from "preact/hooks";

import { isSame, type Draft } from "./form_model";
import { isLike, keptAt } from "./kept";

interface Form {
  /** What the changes are compared with. */
  before: Draft;
  after: Draft;
}

export interface DraftState extends Form {
  isChanged: boolean;
  /** It was typed before this page was opened. */
  isRestored: boolean;
  change: (changes: Partial<Draft>) => void;
  /** What it began with has changed meanwhile. */
  rebase: (before: Draft, after: Draft) => void;
  /** Begins again from here. */
  discard: (fresh: Draft) => void;
  /** It is sent: nothing has to be kept. */
  forget: () => void;
}

/** What is in a form, and what it began with; both are kept under this key until they are sent. */
export function useDraft(key: string, begin: () => Draft): DraftState {
  const [model] = useState(begin);
  const kept = useMemo(() => keptAt<Form>(key, isFormLike(model)), [key]);
  const [restored] = useState(() => kept.read());
  const [form, setForm] = useState<Form>(restored ?? { before: model, after: model });
  const [isRestored, setRestored] = useState(restored !== null);
  const [isSent, setSent] = useState(false);
  const isChanged = !isSame(form.before, form.after);

  useEffect(() => {
    if (isChanged && !isSent) kept.write(form);
    else kept.forget();
  }, [form, isSent]);

  return {
    ...form,
    isChanged,
    isRestored: isRestored && isChanged,
    change: (changes) => setForm(({ before, after }) => ({ before, after: { ...after, ...changes } })),
    rebase: (before, after) => setForm({ before, after }),
    discard: (fresh) => {
      setRestored(false);
      setForm({ before: fresh, after: fresh });
    },
    forget: () => {
      kept.forget();
      setSent(true);
    },
  };
}

function isFormLike(model: Draft) {
  return (value: unknown): value is Form => {
    if (typeof value !== "object" || value === null) return false;
    const { before, after } = value as Partial<Form>;
    return [before, after].every((each) => isLike(model, each) && isLike(model.switches, each?.switches));
  };
}
