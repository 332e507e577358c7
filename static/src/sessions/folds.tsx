import { ChevronDown } from "lucide";
import type { ComponentChildren } from "preact";

import { Toggle } from "../design/field";
import { Icon } from "../design/icon";
import { words } from "../words";
import { formatLanguage } from "../words/format";
import { DetailFields, LanguageFields, OpensField, SeatsField, type FieldsProps } from "./session_fields";
import { listOf, type Draft, type FormErrors, type Switches } from "./form_model";

const ACCESS: readonly (keyof Switches)[] = ["requires_approval", "allow_guests", "mute_on_entry"];
const IN_ROOM: readonly (keyof Switches)[] = ["allow_chat", "allow_reactions", "allow_hands", "allow_polls"];
const RECORDING: readonly (keyof Switches)[] = ["allow_recording", "recording_consent"];

interface Group {
  title: () => string;
  /** What is set in it, for when it is folded. */
  digest: (draft: Draft) => string[];
  fields: readonly (keyof Draft)[];
  view: (props: FieldsProps) => ComponentChildren;
}

const GROUPS: readonly Group[] = [
  {
    title: () => words.form.people,
    digest: (draft) => [...namesOn(draft, ACCESS), words.form.seatsCount(Number(draft.seats) || 0)],
    fields: ["seats", "opens"],
    view: (props) => (
      <>
        <Switchboard {...props} names={ACCESS} />
        <div class="pair">
          <SeatsField {...props} />
          {props.draft.when === "planned" && <OpensField {...props} />}
        </div>
      </>
    ),
  },
  {
    title: () => words.form.recording,
    digest: (draft) => (draft.switches.allow_recording ? namesOn(draft, RECORDING) : [words.form.neverRecorded]),
    fields: [],
    view: (props) => <Switchboard {...props} names={shownOf(props.draft)} />,
  },
  {
    title: () => words.form.room,
    digest: (draft) => namesOn(draft, IN_ROOM),
    fields: [],
    view: (props) => <Switchboard {...props} names={IN_ROOM} />,
  },
  {
    title: () => words.form.languageGroup,
    digest: (draft) => [draft.language, ...draft.languages].map(formatLanguage),
    fields: ["language", "languages"],
    view: (props) => <LanguageFields {...props} />,
  },
  {
    title: () => words.form.details,
    digest: (draft) => [draft.description.trim(), ...listOf(draft.tags)].filter(Boolean),
    fields: ["description", "tags"],
    view: (props) => <DetailFields {...props} />,
  },
];

/** Everything that has a sensible value already, a group a fold; each says what is set in it. */
export function FoldedFields(props: FieldsProps) {
  return (
    <div class="folds">
      {GROUPS.map((group) => (
        <Fold
          key={group.title()}
          title={group.title()}
          digest={group.digest(props.draft).join(" · ")}
          hasErrors={hasErrors(group.fields, props.errors)}
        >
          {group.view(props)}
        </Fold>
      ))}
    </div>
  );
}

interface FoldProps {
  title: string;
  digest: string;
  hasErrors: boolean;
  children: ComponentChildren;
}

function Fold({ title, digest, hasErrors: isWrong, children }: FoldProps) {
  return (
    <details class="fold" open={isWrong || undefined}>
      <summary>
        <span class="fold-title">{title}</span>
        <span class="fold-digest">{digest}</span>
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

/** Nobody has to be asked about what is not allowed. */
function shownOf(draft: Draft): readonly (keyof Switches)[] {
  return draft.switches.allow_recording ? RECORDING : RECORDING.slice(0, 1);
}

function namesOn(draft: Draft, names: readonly (keyof Switches)[]): string[] {
  return names.filter((name) => draft.switches[name]).map((name) => words.form.settings[name].name);
}

function hasErrors(fields: readonly (keyof Draft)[], errors: FormErrors): boolean {
  return fields.some((field) => errors[field]);
}
