import { Select, TextField } from "../design/field";
import { words } from "../words";
import { formatLength, formatMoment } from "../words/format";
import { serverNow } from "../net/server_clock";
import { shownZone, today } from "./calendar/shown_zone";
import { timeOf, timesOf, type When } from "./form_model";
import type { FieldsProps } from "./session_fields";

const LENGTHS = [0, 15, 30, 45, 60, 90, 120, 180, 240];

interface WhenFieldsProps extends FieldsProps {
  /** What one can choose between. */
  choices: readonly When[];
}

/** At once, at a time or any time; and if at a time, from when to when, by which clocks. */
export function WhenFields({ choices, ...fields }: WhenFieldsProps) {
  const { draft, onChange } = fields;
  return (
    <fieldset class="when">
      <legend class="field-label">{words.form.when}</legend>
      <div class="segmented">
        {choices.map((when) => (
          <label key={when} class="segment">
            <input
              type="radio"
              name="when"
              value={when}
              checked={draft.when === when}
              onChange={() => onChange({ when, ...(when === "planned" && !draft.date && nextHour()) })}
            />
            <span>{words.form.whens[when]}</span>
          </label>
        ))}
      </div>
      {draft.when === "planned" ? (
        <PlannedFields {...fields} />
      ) : (
        <p class="field-note">{words.form.whenHints[draft.when]}</p>
      )}
    </fieldset>
  );
}

function PlannedFields({ draft, errors, onChange }: FieldsProps) {
  return (
    <>
      <div class="when-fields">
        <TextField
          label={words.form.day}
          type="date"
          value={draft.date}
          onText={(date) => onChange({ date })}
          error={errors.date}
        />
        <TextField
          label={words.form.time}
          type="time"
          value={draft.time}
          onText={(time) => onChange({ time })}
          error={errors.time}
        />
        <LengthField draft={draft} errors={errors} onChange={onChange} />
      </div>
      <EndNote {...{ draft, errors, onChange }} />
    </>
  );
}

export function LengthField({ draft, errors, onChange }: FieldsProps) {
  const lengths = [...new Set([...LENGTHS, draft.length])].sort((a, b) => a - b);
  return (
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
  );
}

/** When that is over, in which zone, and whether it is too late. */
export function EndNote({ draft }: FieldsProps) {
  const { start, end } = timesOf(draft);
  const isPast = start !== null && start.getTime() < serverNow();
  return (
    <p class="field-note when-note" aria-live="polite">
      {end && <span>{words.form.endsAt(formatMoment(end.toISOString()))}</span>}
      <span>{words.form.zone(shownZone.value.name.replaceAll("_", " "))}</span>
      {isPast && <strong>{words.form.past}</strong>}
    </p>
  );
}

/** The next full hour, which is when most things that are planned quickly begin. */
function nextHour(): { date: string; time: string } {
  const { day, minutes } = shownZone.value.wallOf(serverNow() + 3_600_000);
  return { date: day || today(), time: timeOf(Math.floor(minutes / 60) * 60) };
}
