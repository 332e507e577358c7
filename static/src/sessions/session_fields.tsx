import { Select, TextArea, TextField } from "../design/field";
import { words } from "../words";
import { formatLanguage } from "../words/format";
import type { Draft, FormErrors } from "./form_model";

const OPENINGS = [0, 5, 10, 15, 30, 60];
const LANGUAGES = ["en", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "pt-BR", "ru", "tr", "uk", "zh"];

export interface FieldsProps {
  draft: Draft;
  errors: FormErrors;
  onChange: (changes: Partial<Draft>) => void;
}

export function TitleField({ draft, errors, onChange }: FieldsProps) {
  return (
    <TextField
      label={words.form.title}
      placeholder={words.form.titlePlaceholder}
      maxLength={255}
      autoComplete="off"
      value={draft.title}
      onText={(title) => onChange({ title })}
      error={errors.title}
    />
  );
}

export function SeatsField({ draft, errors, onChange }: FieldsProps) {
  return (
    <TextField
      label={words.form.seats}
      type="number"
      min="1"
      max="10000"
      hint={words.form.seatsHint}
      value={draft.seats}
      onText={(seats) => onChange({ seats })}
      error={errors.seats}
    />
  );
}

export function OpensField({ draft, errors, onChange }: FieldsProps) {
  const minutes = [...new Set([...OPENINGS, ...(draft.opens === null ? [] : [draft.opens])])].sort((a, b) => a - b);
  return (
    <Select
      label={words.form.opens}
      value={draft.opens === null ? "" : String(draft.opens)}
      options={[
        { value: "", label: words.form.opensAny },
        ...minutes.map((n) => ({ value: String(n), label: words.form.opensBefore(n) })),
      ]}
      onChoose={(opens) => onChange({ opens: opens === "" ? null : Number(opens) })}
      error={errors.opens}
    />
  );
}

export function LanguageFields({ draft, errors, onChange }: FieldsProps) {
  const known = [...new Set([...LANGUAGES, draft.language, ...draft.languages])];
  return (
    <>
      <Select
        label={words.form.language}
        value={draft.language}
        options={known.map((tag) => ({ value: tag, label: formatLanguage(tag) }))}
        onChoose={(language) => onChange({ language, languages: draft.languages.filter((tag) => tag !== language) })}
        error={errors.language}
      />
      <fieldset class="language-choice">
        <legend class="field-label">{words.form.languages}</legend>
        <div class="chips">
          {known
            .filter((tag) => tag !== draft.language)
            .map((tag) => (
              <button
                key={tag}
                type="button"
                class="chip"
                aria-pressed={draft.languages.includes(tag)}
                onClick={() => onChange({ languages: toggled(draft.languages, tag) })}
              >
                {formatLanguage(tag)}
              </button>
            ))}
        </div>
        <p class={`field-note ${errors.languages ? "field-error" : ""}`}>
          {errors.languages ?? words.form.languagesHint}
        </p>
      </fieldset>
    </>
  );
}

function toggled(tags: readonly string[], tag: string): string[] {
  return tags.includes(tag) ? tags.filter((each) => each !== tag) : [...tags, tag];
}

export function DetailFields({ draft, errors, onChange }: FieldsProps) {
  return (
    <>
      <TextArea
        label={words.form.description}
        hint={words.form.descriptionHint}
        maxLength={4_000}
        value={draft.description}
        onText={(description) => onChange({ description })}
        error={errors.description}
      />
      <TextField
        label={words.form.tags}
        hint={words.form.tagsHint}
        autoComplete="off"
        value={draft.tags}
        onText={(tags) => onChange({ tags })}
        error={errors.tags}
      />
    </>
  );
}
