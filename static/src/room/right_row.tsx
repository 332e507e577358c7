import { Check, X } from "lucide";
import { useId } from "preact/hooks";

import { Icon } from "../design/icon";
import { words } from "../words";
import { mayDo, WITH_ROLE_ONLY, type Choice } from "./rights_draft";

interface RightRowProps {
  permission: string;
  byRole: boolean;
  roleName: string;
  choice: Choice;
  /** Nobody gives what they do not have. */
  mayAllow: boolean;
  onChoose: (choice: Choice) => void;
}

const CHOICES: readonly Choice[] = ["role", "allow", "deny"];

/** One right: whether they have it, why, and the three ways it can be. */
export function RightRow({ permission, byRole, roleName, choice, mayAllow, onChoose }: RightRowProps) {
  const id = useId();
  const known: Readonly<Record<string, string>> = words.rights.permissions;
  const may = mayDo(byRole, choice);
  const isFixed = permission === WITH_ROLE_ONLY;
  const role = byRole ? words.rights.byRole(roleName) : words.rights.notByRole(roleName);
  const why = choice === "role" ? role : words.rights.alone[choice];
  return (
    <div class="right-row">
      <span class={`right-mark ${may ? "right-has" : ""}`}>
        <Icon of={may ? Check : X} size={20} />
      </span>
      <p class="right-words">
        <span id={`${id}-name`}>{known[permission] ?? permission}</span>
        <span id={`${id}-why`} class="field-note">
          <span class="sr-only">{may ? words.rights.has : words.rights.hasNot} </span>
          {why}
          {isFixed && ` ${words.rights.withRoleOnly}`}
        </span>
      </p>
      {!isFixed && (
        <div
          role="radiogroup"
          class="segmented right-choices"
          aria-labelledby={`${id}-name`}
          aria-describedby={`${id}-why`}
        >
          {CHOICES.map((each) => (
            <label key={each} class="segment">
              <input
                type="radio"
                name={id}
                checked={each === choice}
                disabled={each === "allow" && !mayAllow && choice !== "allow"}
                onChange={() => onChoose(each)}
              />
              <span>{words.rights.choices[each]}</span>
            </label>
          ))}
        </div>
      )}
    </div>
  );
}
