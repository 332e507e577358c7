import { useEffect, useMemo, useState } from "preact/hooks";

import { useClient } from "../client";
import type { CreateSession } from "../contract/types";
import { ConveneError } from "../net/error";
import { latest } from "../net/latest";
import { errorsFrom, errorsIn, type Draft, type FormErrors } from "./form_model";

const PAUSE_MS = 400;

export interface Validation {
  errors: FormErrors;
  /** From now on even untouched fields are told what they lack. */
  insist: () => FormErrors;
  /** What the server said when the form was really sent. */
  accept: (error: ConveneError) => FormErrors;
  touch: (fields: (keyof Draft)[]) => void;
}

/** Checks a draft while it is being filled in: at once what can be known here, the rest by asking the server. */
export function useValidation(draft: Draft, bodyOf: (draft: Draft) => CreateSession): Validation {
  const { rest } = useClient();
  const [fromServer, setFromServer] = useState<FormErrors>({});
  const [touched, setTouched] = useState<ReadonlySet<keyof Draft>>(new Set());
  const [isInsisting, setInsisting] = useState(false);
  const rehearsal = useMemo(
    () =>
      latest(
        (asked: Draft, signal) => rest("POST", "/sessions", { query: { dry_run: true }, body: bodyOf(asked), signal }),
        ({ error }) => setFromServer(error instanceof ConveneError ? errorsFrom(error.fields) : {}),
        PAUSE_MS,
      ),
    [rest],
  );

  useEffect(() => {
    setFromServer({});
    // What we know to be wrong need not be asked about.
    if (touched.size > 0 && Object.keys(errorsIn(draft)).length === 0) rehearsal.ask(draft);
    return rehearsal.cancel;
  }, [draft]);

  const local = errorsIn(draft);
  const shown = Object.fromEntries(
    Object.entries(local).filter(([field]) => isInsisting || touched.has(field as keyof Draft)),
  ) as FormErrors;

  return {
    errors: { ...fromServer, ...shown },
    insist: () => {
      setInsisting(true);
      return local;
    },
    accept: (error) => {
      const errors = errorsFrom(error.fields);
      setFromServer(errors);
      return errors;
    },
    touch: (fields) => setTouched((before) => new Set([...before, ...fields])),
  };
}
