import { CircleHelp } from "lucide";

import { Icon } from "./icon";

/** A question mark that explains what it stands beside: on hover and on focus, and to a screen reader as its description. */
export function Tooltip({ label, text }: { label: string; text: string }) {
  return (
    <button type="button" class="tooltip" aria-label={label} aria-description={text} data-tip={text}>
      <Icon of={CircleHelp} size={16} />
    </button>
  );
}
