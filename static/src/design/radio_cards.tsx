import type { IconNode } from "lucide";
import { useId } from "preact/hooks";

import { Icon } from "./icon";

export interface RadioCard<K extends string> {
  value: K;
  name: string;
  hint?: string;
  icon?: IconNode;
}

interface RadioCardsProps<K extends string> {
  label: string;
  cards: readonly RadioCard<K>[];
  value: K;
  onChoose: (value: K) => void;
}

/** One of a few, each with room to say what it is. Arrows move, as in any group of radio buttons. */
export function RadioCards<K extends string>({ label, cards, value, onChoose }: RadioCardsProps<K>) {
  const id = useId();
  return (
    <fieldset class="radio-cards">
      <legend class="field-label">{label}</legend>
      {cards.map((card) => (
        <label key={card.value} class="radio-card">
          <input
            type="radio"
            name={id}
            checked={card.value === value}
            aria-labelledby={`${id}-${card.value}`}
            aria-describedby={card.hint ? `${id}-${card.value}-hint` : undefined}
            onChange={() => onChoose(card.value)}
          />
          {card.icon && <Icon of={card.icon} />}
          <span id={`${id}-${card.value}`} class="radio-card-name">
            {card.name}
          </span>
          {card.hint && (
            <span id={`${id}-${card.value}-hint`} class="radio-card-hint">
              {card.hint}
            </span>
          )}
        </label>
      ))}
    </fieldset>
  );
}
