import type { SessionView } from "../../contract/types";
import { Link } from "../../design/button";
import { Icon } from "../../design/icon";
import { words } from "../../words";
import { formatTime } from "../../words/format";
import { KIND_ICONS } from "../kind_icons";

interface EntryProps {
  session: SessionView;
  /** In the line of a day, on a card of the week, or in a list with all that is worth knowing. */
  look: "line" | "card" | "full";
  tabIndex?: number;
}

/** One session in a calendar: when, what, and how it stands. */
export function Entry({ session, look, tabIndex }: EntryProps) {
  const { start_time, end_time, status, title } = session;
  const start = start_time ? formatTime(start_time) : words.time.any;
  const time = end_time && look !== "line" ? words.time.from(start, formatTime(end_time)) : start;
  return (
    <Link
      href={`/sessions/${session.id}`}
      class={`planned planned-${look} planned-${status}`}
      {...(tabIndex !== undefined && { tabIndex })}
      title={`${time} ${title}`}
    >
      {look === "full" && <Icon of={KIND_ICONS[session.kind]} label={words.kinds[session.kind].name} size={16} />}
      <span class="planned-time">{time}</span>
      <span class="planned-title">{title}</span>
      {look === "full" && <span class={`pill pill-${status}`}>{words.statuses[status]}</span>}
      {look !== "full" && status !== "scheduled" && <span class="sr-only">{words.statuses[status]}</span>}
    </Link>
  );
}
