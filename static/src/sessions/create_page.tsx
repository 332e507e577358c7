import { CalendarClock, FilePen, Play } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { KindPreset, SessionKind, SessionView } from "../contract/types";
import { Button } from "../design/button";
import { LoadError } from "../design/load_error";
import { Skeleton } from "../design/notice";
import { ConveneError } from "../net/error";
import { useLoad } from "../net/use_load";
import { Page } from "../shell/page";
import { words } from "../words";
import { createOf, emptyDraft, withPreset, type Draft } from "./form_model";
import { KindCards } from "./kind_cards";
import { FoldedFields, TitleField, WhenFields } from "./session_fields";
import { summaryOf } from "./summary";
import { useValidation } from "./use_validation";

export function CreatePage() {
  const { rest } = useClient();
  const kinds = useLoad(async (signal) => (await rest<KindPreset[]>("GET", "/session-kinds", { signal })).data, []);
  return (
    <Page title={words.form.newTitle}>
      {kinds.isLoading && <Skeleton lines={6} label={words.form.newTitle} />}
      {kinds.error && <LoadError error={kinds.error} onRetry={kinds.reload} />}
      {kinds.data && <CreateForm presets={kinds.data} />}
    </Page>
  );
}

type Way = "start" | "schedule" | "draft";

function CreateForm({ presets }: { presets: KindPreset[] }) {
  const { rest, router, toasts } = useClient();
  const [draft, setDraft] = useState<Draft>(() =>
    emptyDraft(presetOf("meeting"), navigator.language.split("-")[0] ?? "en"),
  );
  const [busy, setBusy] = useState<Way | null>(null);
  const validation = useValidation(draft, true);

  function presetOf(kind: SessionKind): KindPreset {
    const preset = presets.find((each) => each.kind === kind) ?? presets[0];
    if (!preset) throw new Error("The server knows no kind of session.");
    return preset;
  }

  function change(changes: Partial<Draft>): void {
    validation.touch(Object.keys(changes) as (keyof Draft)[]);
    setDraft((before) => ({ ...before, ...changes }));
  }

  async function create(way: Way): Promise<void> {
    if (Object.keys(validation.insist()).length) return focusFirstError();
    setBusy(way);
    try {
      const body = createOf(draft, way === "draft" ? "draft" : "scheduled");
      const { data } = await rest<SessionView>("POST", "/sessions", { body });
      await arrive(way, data);
    } catch (error) {
      const isPlaced = error instanceof ConveneError && Object.keys(validation.accept(error)).length > 0;
      if (isPlaced) focusFirstError();
      else toasts.complain(error);
      setBusy(null);
    }
  }

  async function arrive(way: Way, session: SessionView): Promise<void> {
    if (way !== "start") {
      toasts.tell(way === "draft" ? words.form.draftSaved : words.form.scheduled);
      return router.go(`/sessions/${session.id}`);
    }
    await rest("POST", `/sessions/${session.id}/start`);
    router.go(`/room/${session.id}`);
  }

  return (
    <form
      class="session-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void create(draft.start ? "schedule" : "start");
      }}
    >
      <KindCards kind={draft.kind} onChoose={(kind) => setDraft((before) => withPreset(before, presetOf(kind)))} />
      <TitleField draft={draft} errors={validation.errors} onChange={change} />
      <WhenFields draft={draft} errors={validation.errors} onChange={change} />
      <FoldedFields draft={draft} errors={validation.errors} onChange={change} />
      <Summary draft={draft} />
      <div class="form-actions">
        <Button
          look={draft.start ? "secondary" : "primary"}
          size="large"
          icon={Play}
          busy={busy === "start"}
          onClick={() => void create("start")}
        >
          {words.form.startNow}
        </Button>
        <Button
          look={draft.start ? "primary" : "secondary"}
          size="large"
          icon={CalendarClock}
          busy={busy === "schedule"}
          onClick={() => void create("schedule")}
        >
          {words.form.schedule}
        </Button>
        <Button look="quiet" size="large" icon={FilePen} busy={busy === "draft"} onClick={() => void create("draft")}>
          {words.form.saveDraft}
        </Button>
      </div>
    </form>
  );
}

export function Summary({ draft }: { draft: Draft }) {
  return (
    <section class="summary" aria-live="polite">
      <h2>{words.form.summary}</h2>
      <p>{summaryOf(draft)}</p>
    </section>
  );
}

/** Once the errors are on the page. */
export function focusFirstError(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid]")?.focus());
}
