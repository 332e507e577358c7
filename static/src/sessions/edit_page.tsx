import { Radio } from "lucide";
import { useEffect } from "preact/hooks";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { Button, Link } from "../design/button";
import { Icon } from "../design/icon";
import { LoadError } from "../design/load_error";
import { Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { Page } from "../shell/page";
import { words } from "../words";
import { changesInWords } from "./changes";
import { ClashDialog } from "./clash_dialog";
import { FoldedFields } from "./folds";
import { createOf, draftOf, type Draft } from "./form_model";
import { RestoredNote } from "./restored_note";
import { TitleField, type FieldsProps } from "./session_fields";
import { isLive, isOver } from "./standing";
import { SummaryBox } from "./summary_box";
import { useDraft } from "./use_draft";
import { useEditing } from "./use_editing";
import { useValidation } from "./use_validation";
import { EndNote, LengthField, WhenFields } from "./when_fields";

export function EditPage({ id }: { id: string }) {
  const { rest } = useClient();
  const session = useLoad(async (signal) => (await rest<SessionView>("GET", `/sessions/${id}`, { signal })).data, [id]);
  return (
    <Page title={words.form.editTitle} lead={session.data?.title}>
      {session.isLoading && <Skeleton lines={6} label={words.form.editTitle} />}
      {session.error && <LoadError error={session.error} onRetry={session.reload} />}
      {session.data && isOver(session.data) && <p class="problem">{words.form.notEditable}</p>}
      {session.data && !isOver(session.data) && <EditForm session={session.data} />}
    </Page>
  );
}

function EditForm({ session }: { session: SessionView }) {
  const form = useDraft(`edit/${session.id}`, () => draftOf(session));
  const { before, after: draft } = form;
  const isRunning = isLive(session);
  // Of what runs already, the times are no longer new.
  const validation = useValidation(draft, (asked) => createOf(isRunning ? { ...asked, when: "open" } : asked, "draft"));
  const { save, isBusy, clash, settle } = useEditing(session, form, validation);
  useLeaveWarning(form.isChanged && !isBusy);

  function change(changes: Partial<Draft>): void {
    validation.touch(Object.keys(changes) as (keyof Draft)[]);
    form.change(changes);
  }

  const fields = { draft, errors: validation.errors, onChange: change };
  return (
    <form
      class="session-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {isRunning && <LiveNote count={session.participant_count} />}
      {form.isRestored && <RestoredNote onDiscard={() => form.discard(before)} />}
      <TitleField {...fields} />
      {isRunning ? <EndFields {...fields} /> : <WhenFields {...fields} choices={["planned", "open"]} />}
      <FoldedFields {...fields} />
      <SummaryBox draft={draft} />
      <Changes lines={changesInWords(before, draft)} isLive={isRunning} />
      <div class="form-actions">
        <Button type="submit" look="primary" size="large" busy={isBusy} disabled={!form.isChanged}>
          {words.form.save}
        </Button>
        <Link look="quiet" size="large" href={`/sessions/${session.id}`}>
          {words.actions.cancel}
        </Link>
      </div>
      {clash && <ClashDialog mine={draft} {...clash} onSettle={settle} />}
    </form>
  );
}

function LiveNote({ count }: { count: number }) {
  return (
    <div class="remark">
      <Icon of={Radio} />
      <p>{words.form.liveNote(count)}</p>
    </div>
  );
}

/** It has begun: only when it is to end can still be changed. */
function EndFields(fields: FieldsProps) {
  if (fields.draft.when !== "planned") return null;
  return (
    <div class="when-fields">
      <LengthField {...fields} />
      <EndNote {...fields} />
    </div>
  );
}

function Changes({ lines, isLive: isSeenAtOnce }: { lines: readonly string[]; isLive: boolean }) {
  if (lines.length === 0) return null;
  return (
    <section class="changes" aria-live="polite">
      <h2>{isSeenAtOnce ? words.form.changesLive : words.form.changes}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

/** Elsewhere on the site what was typed is kept; a window that is closed takes it with it, so the browser asks. */
function useLeaveWarning(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isOn]);
}
