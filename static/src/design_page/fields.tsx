import { GraduationCap, Users } from "lucide";
import { useState } from "preact/hooks";

import { Select, TextArea, TextField, Toggle } from "../design/field";
import { RadioCards } from "../design/radio_cards";
import { Sample } from "./sample";

const KINDS = [
  { value: "meeting", name: "Meeting", hint: "Everybody may speak.", icon: Users },
  { value: "class", name: "Class", hint: "People are admitted and begin muted.", icon: GraduationCap },
] as const;

export function Fields() {
  const [text, setText] = useState("Planning");
  const [number, setNumber] = useState("30");
  const [when, setWhen] = useState("2026-03-09T10:00");
  const [kind, setKind] = useState<"meeting" | "class">("class");
  const [isOn, setOn] = useState(true);
  const choose = (): void => undefined;
  return (
    <>
      <Sample title="Fields">
        <TextField label="Title" hint="What people see first." value={text} onText={setText} />
        <TextField label="Empty" placeholder="With a placeholder" value="" onText={choose} />
        <TextField label="Wrong" error="A title has at most 120 letters." value="Much too long" onText={choose} />
        <TextField label="Most people" type="number" min="1" value={number} onText={setNumber} />
        <TextField label="Starts" type="datetime-local" value={when} onText={setWhen} />
        <TextArea label="Description" value={"Two lines\nof what it is about"} onText={choose} />
        <Select
          label="Language"
          value="en"
          options={[
            { value: "en", label: "English" },
            { value: "de", label: "Deutsch" },
          ]}
          onChoose={choose}
        />
      </Sample>
      <Sample title="Choices">
        <Toggle label="Waiting room" hint="People wait until you admit them." checked={isOn} onToggle={setOn} />
        <Toggle label="Guests" checked={false} onToggle={choose} />
        <Toggle look="checkbox" label="I agree" checked={isOn} onToggle={setOn} />
        <Toggle look="checkbox" label="Needed" error="This has to be ticked." checked={false} onToggle={choose} />
        <RadioCards label="Kind" cards={KINDS} value={kind} onChoose={setKind} />
      </Sample>
    </>
  );
}
