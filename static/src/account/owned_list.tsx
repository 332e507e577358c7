import type { Owned } from "../contract/types";
import { words } from "../words";
import { formatMoment } from "../words/format";

const SHOWN = 5;

interface OwnedListProps {
  label: string;
  owned: Pick<Owned, "sessions" | "total">;
}

/** The first of the sessions that somebody owns, and how many there are. */
export function OwnedList({ label, owned: { sessions, total } }: OwnedListProps) {
  const more = total - Math.min(SHOWN, sessions.length);
  return (
    <div>
      <p class="field-label">{label}</p>
      <ul class="owned" aria-label={label}>
        {sessions.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            <span class="owned-title">{one.title}</span>
            <span class="field-note">
              {words.statuses[one.status]}
              {one.start_time && ` · ${formatMoment(one.start_time)}`}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p class="field-note">{words.leaving.more(more)}</p>}
    </div>
  );
}
