import { CalendarClock, FilePen, Play, RotateCcw } from "lucide";

import { useClient } from "../client";
import type { KindPreset, SessionKind, SessionView } from "../contract/types";
import { Button } from "../design/button";
import { LoadError } from "../design/load_error";
import { Skeleton } from "../design/notice";
import { useLoad } from "../net/use_load";
import { Page } from "../shell/page";
import { words } from "../words";
import { today } from "./calendar/shown_zone";
import { FoldedFields } from "./folds";
import { createOf, hasPreset, withPreset, type Draft } from "./form_model";
import { KindCards } from "./kind_cards";
import { draftFor, duplicateOf, wishFrom, type Wish } from "./new_draft";
import { RestoredNote } from "./restored_note";
import { TitleField } from "./session_fields";
import { SummaryBox } from "./summary_box";
import { useCreation } from "./use_creation";
import { useDraft } from "./use_draft";
import { useValidation } from "./use_validation";
import { WhenFields } from "./when_fields";

interface Beginning {
  presets: KindPreset[];
  model: SessionView | null;
}

export function CreatePage() {
  const { rest, router } = useClient();
  const { query } = router.place.value;
  const wish = wishFrom(query);
  const beginning = useLoad<Beginning>(
    async (signal) => {
      const [kinds, model] = await Promise.all([
        rest<KindPreset[]>("GET", "/session-kinds", { signal }),
        wish.from ? rest<SessionView>("GET", `/sessions/${encodeURIComponent(wish.from)}`, { signal }) : null,
      ]);
      return { presets: kinds.data, model: model?.data ?? null };
    },
    [wish.from],
  );
  const title = wish.from ? words.form.duplicateTitle : words.form.newTitle;
  return (
    <Page title={title} lead={wish.from ? beginning.data?.model?.title : undefined}>
      {!beginning.data && beginning.isLoading && <Skeleton lines={6} label={title} />}
      {beginning.error && <LoadError error={beginning.error} onRetry={beginning.reload} />}
      {beginning.data && <CreateForm key={query.toString()} {...beginning.data} wish={wish} />}
    </Page>
  );
}

function CreateForm({ presets, model, wish }: Beginning & { wish: Wish }) {
  const { place } = useClient().router;
  const begin = (): Draft =>
    model ? duplicateOf(model, today()) : draftFor(wish, presetOf(presets, wish.kind), ownLanguage());
  const form = useDraft(`new?${place.value.query.toString()}`, begin);
  const { after: draft } = form;
  const validation = useValidation(draft, (asked) => createOf(asked, "draft"));
  const { create, busy } = useCreation(draft, validation, form.forget);
  const preset = presetOf(presets, draft.kind);

  function change(changes: Partial<Draft>): void {
    validation.touch(Object.keys(changes) as (keyof Draft)[]);
    form.change(changes);
  }

  const fields = { draft, errors: validation.errors, onChange: change };
  const way = draft.when === "now" ? "start" : "schedule";
  return (
    <form
      class="session-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void create(way);
      }}
    >
      {form.isRestored && <RestoredNote onDiscard={() => form.discard(begin())} />}
      <KindCards kind={draft.kind} onChoose={(kind) => form.change(withPreset(draft, presetOf(presets, kind)))} />
      <TitleField {...fields} />
      <WhenFields {...fields} choices={["now", "planned", "open"]} />
      <FoldedFields {...fields} />
      {!hasPreset(draft, preset) && (
        <Button look="quiet" size="small" icon={RotateCcw} onClick={() => form.change(withPreset(draft, preset))}>
          {words.form.resetTo(words.kinds[draft.kind].name)}
        </Button>
      )}
      <SummaryBox draft={draft} />
      <div class="form-actions">
        <Button
          type="submit"
          look="primary"
          size="large"
          icon={way === "start" ? Play : CalendarClock}
          busy={busy === way}
        >
          {words.form[way === "start" ? "startNow" : "schedule"]}
        </Button>
        <Button look="quiet" size="large" icon={FilePen} busy={busy === "draft"} onClick={() => void create("draft")}>
          {words.form.saveDraft}
        </Button>
      </div>
    </form>
  );
}

function presetOf(presets: readonly KindPreset[], kind: SessionKind): KindPreset {
  const preset = presets.find((each) => each.kind === kind) ?? presets[0];
  if (!preset) throw new Error("The server knows no kind of session.");
  return preset;
}

function ownLanguage(): string {
  return navigator.language.split("-")[0] ?? "en";
}
