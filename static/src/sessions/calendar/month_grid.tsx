import type { SessionView } from "../../contract/types";
import { words } from "../../words";
import { formatDayNumber, formatLongDay, formatWeekday } from "../../words/days";
import { reachableDay } from "./day_keys";
import { isSameMonth, type Day } from "./days";
import { Entry } from "./entry";
import { today } from "./shown_zone";
import { useDayFocus } from "./use_day_focus";

/** So many lines fit into a day; one of them says how many more there are. */
const LINES = 4;

interface MonthGridProps {
  weeks: readonly Day[][];
  at: Day;
  found: ReadonlyMap<Day, SessionView[]>;
  onShow: (day: Day) => void;
  onOpen: (day: Day) => void;
  onCreate: (day: Day) => void;
}

/** A month, a day a square. Arrow keys go from day to day; Tab goes into the sessions of the day one is on. */
export function MonthGrid({ weeks, at, found, onShow, onOpen, onCreate }: MonthGridProps) {
  const { grid, onKeyDown } = useDayFocus(at, onShow);
  const reachable = reachableDay(weeks.flat(), at);
  return (
    <div ref={grid} role="grid" class="month" aria-label={words.calendar.month}>
      <div role="row" class="month-row month-names">
        {weeks[0]?.map((day) => (
          <span key={day} role="columnheader" class="month-name">
            {formatWeekday(day)}
          </span>
        ))}
      </div>
      {weeks.map((week) => (
        <div key={week[0]} role="row" class="month-row">
          {week.map((day) => (
            <DayCell
              key={day}
              day={day}
              sessions={found.get(day) ?? []}
              isOutside={!isSameMonth(day, at)}
              isReachable={day === reachable}
              onKeyDown={(event) => onKeyDown(event, day)}
              onOpen={() => onOpen(day)}
              onCreate={() => onCreate(day)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

interface DayCellProps {
  day: Day;
  sessions: readonly SessionView[];
  isOutside: boolean;
  isReachable: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
  onOpen: () => void;
  onCreate: () => void;
}

function DayCell({ day, sessions, isOutside, isReachable, onKeyDown, onOpen, onCreate }: DayCellProps) {
  const shown = sessions.length > LINES ? sessions.slice(0, LINES - 1) : sessions;
  const tabIndex = isReachable ? 0 : -1;
  const isToday = day === today();
  return (
    <div
      role="gridcell"
      class={`day ${isOutside ? "day-outside" : ""} ${isToday ? "day-today" : ""}`}
      onClick={(event) => {
        if (event.target === event.currentTarget) onCreate();
      }}
    >
      <button
        type="button"
        class="day-number"
        data-day={day}
        tabIndex={tabIndex}
        aria-label={words.calendar.day(formatLongDay(day), sessions.length)}
        aria-current={isToday ? "date" : undefined}
        onKeyDown={onKeyDown}
        onClick={sessions.length > 0 ? onOpen : onCreate}
      >
        {formatDayNumber(day)}
      </button>
      {shown.map((session) => (
        <Entry key={session.id} session={session} look="line" tabIndex={tabIndex} />
      ))}
      {shown.length < sessions.length && (
        <button type="button" class="day-more" tabIndex={tabIndex} onClick={onOpen}>
          {words.calendar.more(sessions.length - shown.length)}
        </button>
      )}
    </div>
  );
}
