import { ChevronDown } from "lucide";
import type { ComponentChildren } from "preact";

import { Icon } from "../design/icon";
import { Select, TextArea, TextField, Toggle } from "../design/field";
import { words } from "../words";
import { formatLanguage, formatLength } from "../words/format";
import type { Draft, FormErrors, Switches } from "./form_model";

const LENGTHS = [0, 15, 30, 45, 60, 90, 120, 180];
const OPENINGS = [0, 5, 10, 15, 30, 60];
const LANGUAGES = ["en", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "pt-BR", "ru", "tr", "uk", "zh"];
const ACCESS: readonly (keyof Switches)[] = ["requires_approval", "allow_guests", "mute_on_entry"];
const IN_ROOM: readonly (keyof Switches)[] = [
  "allow_chat",
  "allow_reactions",
  "allow_hands",
  "allow_polls",
  "allow_recording",
  "recording_consent",
];

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

export function WhenFields({ draft, errors, onChange }: FieldsProps) {
  const lengths = [...new Set([...LENGTHS, draft.length])].sort((a, b) => a - b);
  return (
    <fieldset class="when">
      <legend class="field-label">{words.form.when}</legend>
      <div class="when-fields">
        <TextField
          label={words.form.start}
          type="datetime-local"
          value={draft.start}
          onText={(start) => onChange({ start })}
          error={errors.start}
          hint={words.form.whenHint}
        />
        {draft.start && (
          <Select
            label={words.form.length}
            value={String(draft.length)}
            options={lengths.map((minutes) => ({
              value: String(minutes),
              label: minutes ? formatLength(minutes * 60) : words.form.noLength,
            }))}
            onChoose={(length) => onChange({ length: Number(length) })}
            error={errors.length}
          />
        )}
      </div>
    </fieldset>
  );
}

export function FoldedFields(props: FieldsProps) {
  const { draft, errors } = props;
  return (
    <div class="folds">
      <Fold title={words.form.people} hasErrors={Boolean(errors.seats ?? errors.opens)}>
        <Switchboard {...props} names={ACCESS} />
        <div class="pair">
          <SeatsField {...props} />
          <OpensField {...props} />
        </div>
      </Fold>
      <Fold title={words.form.room} hasErrors={false}>
        <Switchboard
          {...props}
          names={IN_ROOM.filter((name) => name !== "recording_consent" || draft.switches.allow_recording)}
        />
      </Fold>
      <Fold
        title={words.form.details}
        hasErrors={Boolean(errors.description ?? errors.languages ?? errors.tags ?? errors.language)}
      >
        <DetailFields {...props} />
      </Fold>
    </div>
  );
}

function Fold({ title, hasErrors, children }: { title: string; hasErrors: boolean; children: ComponentChildren }) {
  return (
    <details class="fold" open={hasErrors || undefined}>
      <summary>
        <span>{title}</span>
        <Icon of={ChevronDown} />
      </summary>
      <div class="fold-body">{children}</div>
    </details>
  );
}

function Switchboard({ draft, onChange, names }: FieldsProps & { names: readonly (keyof Switches)[] }) {
  return (
    <div class="switches">
      {names.map((name) => (
        <Toggle
          key={name}
          label={words.form.settings[name].name}
          hint={words.form.settings[name].hint}
          checked={draft.switches[name]}
          onToggle={(isOn) => onChange({ switches: { ...draft.switches, [name]: isOn } })}
        />
      ))}
    </div>
  );
}

function SeatsField({ draft, errors, onChange }: FieldsProps) {
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

function OpensField({ draft, errors, onChange }: FieldsProps) {
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

function DetailFields({ draft, errors, onChange }: FieldsProps) {
  const languages = [...new Set([...LANGUAGES, draft.language])];
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
      <div class="pair">
        <Select
          label={words.form.language}
          value={draft.language}
          options={languages.map((tag) => ({ value: tag, label: formatLanguage(tag) }))}
          onChoose={(language) => onChange({ language })}
          error={errors.language}
        />
        <TextField
          label={words.form.languages}
          hint={words.form.languagesHint}
          autoComplete="off"
          value={draft.languages}
          onText={(text) => onChange({ languages: text })}
          error={errors.languages}
        />
      </div>
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
