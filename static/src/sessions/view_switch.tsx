import { CalendarDays, CalendarRange, List } from "lucide";

import { Link } from "../design/button";
import { Icon } from "../design/icon";
import { words } from "../words";
import { VIEWS, type View } from "./search";

const ICONS = { list: List, month: CalendarDays, week: CalendarRange };

interface ViewSwitchProps {
  view: View;
  addressOf: (view: View) => string;
}

/** List, month or week: each has an address of its own. */
export function ViewSwitch({ view, addressOf }: ViewSwitchProps) {
  return (
    <nav class="view-switch" aria-label={words.sessions.view}>
      {VIEWS.map((each) => (
        <Link key={each} class="view-choice" href={addressOf(each)} aria-current={each === view ? "true" : undefined}>
          <Icon of={ICONS[each]} size={16} />
          <span>{words.sessions.views[each]}</span>
        </Link>
      ))}
    </nav>
  );
}
