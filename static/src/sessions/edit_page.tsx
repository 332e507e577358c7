import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { Button, Link } from "../design/button";
import { LoadError } from "../design/load_error";
import { Skeleton } from "../design/notice";
import { ConveneError } from "../net/error";
import { useLoad } from "../net/use_load";
import { Page } from "../shell/page";
import { words } from "../words";
import { Summary } from "./create_page";
import { focusFirstError } from "./focus_first_error";
import { draftOf, updateOf, type Draft } from "./form_model";
import { FoldedFields, TitleField, WhenFields } from "./session_fields";
import { useValidation } from "./use_validation";

export function EditPage({ id }: { id: string }) {
  const { rest } = useClient();
  const session = useLoad(async (signal) => (await rest<SessionView>("GET", `/sessions/${id}`, { signal })).data, [id]);
  const isOver = session.data?.status === "ended" || session.data?.status === "cancelled";
  return (
    <Page title={words.form.editTitle} lead={session.data?.title}>
      {session.isLoading && <Skeleton lines={6} label={words.form.editTitle} />}
      {session.error && <LoadError error={session.error} onRetry={session.reload} />}
      {session.data && isOver && <p class="problem">{words.form.notEditable}</p>}
      {session.data && !isOver && <EditForm session={session.data} />}
    </Page>
  );
}

function EditForm({ session }: { session: SessionView }) {
  const { rest, router, toasts } = useClient();
  const [draft, setDraft] = useState<Draft>(() => draftOf(session));
  const [isBusy, setBusy] = useState(false);
  const validation = useValidation(draft, true);

  function change(changes: Partial<Draft>): void {
    validation.touch(Object.keys(changes) as (keyof Draft)[]);
    setDraft((before) => ({ ...before, ...changes }));
  }

  async function save(): Promise<void> {
    if (Object.keys(validation.insist()).length) return focusFirstError();
    setBusy(true);
    try {
      await rest("PATCH", `/sessions/${session.id}`, { body: updateOf(draft) });
      toasts.tell(words.form.saved);
      router.go(`/sessions/${session.id}`);
    } catch (error) {
      const isPlaced = error instanceof ConveneError && Object.keys(validation.accept(error)).length > 0;
      if (isPlaced) focusFirstError();
      else toasts.complain(error);
      setBusy(false);
    }
  }

  return (
    <form
      class="session-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TitleField draft={draft} errors={validation.errors} onChange={change} />
      <WhenFields draft={draft} errors={validation.errors} onChange={change} />
      <FoldedFields draft={draft} errors={validation.errors} onChange={change} />
      <Summary draft={draft} />
      <div class="form-actions">
        <Button type="submit" look="primary" size="large" busy={isBusy}>
          {words.form.save}
        </Button>
        <Link look="quiet" size="large" href={`/sessions/${session.id}`}>
          {words.actions.cancel}
        </Link>
      </div>
    </form>
  );
}
