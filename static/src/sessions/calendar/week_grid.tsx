import { useEffect, useRef } from "preact/hooks";

import type { SessionView } from "../../contract/types";
import { words } from "../../words";
import { formatDayNumber, formatHour, formatLongDay, formatWeekday } from "../../words/days";
import { reachableDay } from "./day_keys";
import type { Day } from "./days";
import { Entry } from "./entry";
import { NowLine } from "./now_line";
import { firstHour, partsOn, type Part } from "./placing";
import { shownZone, today } from "./shown_zone";
import { useDayFocus } from "./use_day_focus";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const DAY_MINUTES = 1_440;
/** Half of what says which hour it is stands above its line. */
const LABEL_PX = 10;

interface WeekGridProps {
  days: readonly Day[];
  at: Day;
  sessions: readonly SessionView[];
  onShow: (day: Day) => void;
  onOpen: (day: Day) => void;
  onCreate: (day: Day, time?: string) => void;
}

/** A week, a day a column, each session as high as it is long. A click on an empty hour plans something then. */
export function WeekGrid({ days, at, sessions, onShow, onOpen, onCreate }: WeekGridProps) {
  const { grid, onKeyDown } = useDayFocus(at, onShow);
  const hours = useRef<HTMLDivElement>(null);
  const columns = days.map((day) => ({ day, parts: partsOn(day, sessions, shownZone.value) }));
  const reachable = reachableDay(days, at);
  useScrollTo(
    hours,
    columns.flatMap(({ parts }) => parts),
    days[0] ?? at,
  );

  return (
    <div ref={grid} class="week">
      <div class="week-days">
        <span class="week-corner" />
        {columns.map(({ day, parts }) => (
          <button
            key={day}
            type="button"
            class={`week-day ${day === today() ? "day-today" : ""}`}
            data-day={day}
            tabIndex={day === reachable ? 0 : -1}
            aria-description={words.calendar.day(formatLongDay(day), parts.length)}
            aria-current={day === today() ? "date" : undefined}
            onKeyDown={(event) => onKeyDown(event, day)}
            onClick={() => (parts.length > 0 ? onOpen(day) : onCreate(day))}
          >
            <span class="week-name">{formatWeekday(day)}</span> <span class="day-number">{formatDayNumber(day)}</span>
          </button>
        ))}
      </div>
      <div ref={hours} class="week-hours" tabIndex={0} role="group" aria-label={words.calendar.week}>
        <div class="week-times" aria-hidden="true">
          {HOURS.map((hour) => (
            <span key={hour}>{hour > 0 && formatHour(hour)}</span>
          ))}
        </div>
        {columns.map(({ day, parts }) => (
          <Column key={day} day={day} parts={parts} isReachable={day === reachable} onCreate={onCreate} />
        ))}
      </div>
    </div>
  );
}

interface ColumnProps {
  day: Day;
  parts: readonly Part[];
  isReachable: boolean;
  onCreate: (day: Day, time: string) => void;
}

function Column({ day, parts, isReachable, onCreate }: ColumnProps) {
  return (
    <div
      class="week-column"
      onClick={(event) => {
        const { target, currentTarget, offsetY } = event;
        if (target === currentTarget) onCreate(day, timeAt(offsetY / currentTarget.clientHeight));
      }}
    >
      {parts.map(({ session, from, to, lane, lanes }) => (
        <div
          key={session.id}
          class="week-part"
          style={{
            insetBlockStart: share(from),
            blockSize: share(to - from),
            insetInlineStart: `${(100 * lane) / lanes}%`,
            inlineSize: `${100 / lanes}%`,
          }}
        >
          <Entry session={session} look="card" tabIndex={isReachable ? 0 : -1} />
        </div>
      ))}
      {day === today() && <NowLine />}
    </div>
  );
}

function share(minutes: number): string {
  return `${(100 * minutes) / DAY_MINUTES}%`;
}

/** The half hour in which this part of the day lies. */
function timeAt(part: number): string {
  const half = Math.min(47, Math.max(0, Math.floor(part * 48)));
  return `${String(Math.floor(half / 2)).padStart(2, "0")}:${half % 2 ? "30" : "00"}`;
}

/** Begins where there is something to be seen. */
function useScrollTo(hours: { current: HTMLElement | null }, parts: readonly Part[], week: Day): void {
  const isLoaded = parts.length > 0;
  useEffect(() => {
    const hour = firstHour(parts);
    if (hours.current) hours.current.scrollTop = (hours.current.scrollHeight * hour) / HOURS.length - LABEL_PX;
  }, [week, isLoaded]);
}
