import type { SessionKind } from "../contract/types";
import { Icon } from "../design/icon";
import { words } from "../words";
import { KINDS, KIND_ICONS } from "./kind_icons";

interface KindCardsProps {
  kind: SessionKind;
  onChoose: (kind: SessionKind) => void;
}

export function KindCards({ kind, onChoose }: KindCardsProps) {
  return (
    <fieldset class="kinds">
      <legend class="field-label">{words.form.kind}</legend>
      <div class="kind-cards">
        {KINDS.map((each) => (
          <label key={each} class="kind-card">
            <input
              type="radio"
              name="kind"
              value={each}
              checked={each === kind}
              onChange={() => onChoose(each)}
              aria-label={words.kinds[each].name}
              aria-describedby={`kind-${each}`}
            />
            <Icon of={KIND_ICONS[each]} size={24} />
            <span class="kind-name">{words.kinds[each].name}</span>
            <span class="kind-hint" id={`kind-${each}`}>
              {words.kinds[each].hint}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
