import { CalendarClock, FilePen, Play } from "lucide";
import type { IconNode } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { KindPreset, SessionKind } from "../contract/types";
import { Button } from "../design/button";
import { LoadError } from "../design/load_error";
import { Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { Page } from "../shell/page";
import { words } from "../words";
import { emptyDraft, withPreset, type Draft } from "./form_model";
import { KindCards } from "./kind_cards";
import { FoldedFields, TitleField, WhenFields } from "./session_fields";
import { summaryOf } from "./summary";
import { useCreation, type Way } from "./use_creation";
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

function CreateForm({ presets }: { presets: KindPreset[] }) {
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(presetOf(presets, "meeting"), ownLanguage()));
  const validation = useValidation(draft, true);
  const { create, busy } = useCreation(draft, validation);

  function change(changes: Partial<Draft>): void {
    validation.touch(Object.keys(changes) as (keyof Draft)[]);
    setDraft((before) => ({ ...before, ...changes }));
  }

  const fields = { draft, errors: validation.errors, onChange: change };
  return (
    <form
      class="session-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void create(draft.start ? "schedule" : "start");
      }}
    >
      <KindCards
        kind={draft.kind}
        onChoose={(kind) => setDraft((before) => withPreset(before, presetOf(presets, kind)))}
      />
      <TitleField {...fields} />
      <WhenFields {...fields} />
      <FoldedFields {...fields} />
      <Summary draft={draft} />
      <div class="form-actions">
        {WAYS.map(({ way, label, icon }) => (
          <Button
            key={way}
            look={way === "draft" ? "quiet" : (way === "schedule") === Boolean(draft.start) ? "primary" : "secondary"}
            size="large"
            icon={icon}
            busy={busy === way}
            onClick={() => void create(way)}
          >
            {label}
          </Button>
        ))}
      </div>
    </form>
  );
}

const WAYS: readonly { way: Way; label: string; icon: IconNode }[] = [
  { way: "start", label: words.form.startNow, icon: Play },
  { way: "schedule", label: words.form.schedule, icon: CalendarClock },
  { way: "draft", label: words.form.saveDraft, icon: FilePen },
];

function presetOf(presets: readonly KindPreset[], kind: SessionKind): KindPreset {
  const preset = presets.find((each) => each.kind === kind) ?? presets[0];
  if (!preset) throw new Error("The server knows no kind of session.");
  return preset;
}

function ownLanguage(): string {
  return navigator.language.split("-")[0] ?? "en";
}

export function Summary({ draft }: { draft: Draft }) {
  return (
    <section class="summary" aria-live="polite">
      <h2>{words.form.summary}</h2>
      <p>{summaryOf(draft)}</p>
    </section>
  );
}
