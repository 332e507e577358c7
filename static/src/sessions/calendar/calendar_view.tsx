import { ChevronLeft, ChevronRight } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../../client";
import { Button, IconButton } from "../../design/button";
import { LoadError } from "../../design/load_error";
import { useIsWide } from "../../design/media";
import { Skeleton } from "../../design/notice";
import { queryString } from "../../net/rest";
import { useLoad } from "../../net/use_load";
import { words } from "../../words";
import { formatDays, formatMonth } from "../../words/days";
import { locale } from "../../words/locale";
import { filtersOf, type Search } from "../search";
import { Agenda } from "./agenda";
import { DayDialog } from "./day_dialog";
import { addDays, addMonths, firstWeekdayOf, weekOf, weeksOf, type Day } from "./days";
import { loadRange } from "./load_range";
import { MonthGrid } from "./month_grid";
import { byDay } from "./placing";
import { boundsOf, shownZone, today } from "./shown_zone";
import { WeekGrid } from "./week_grid";

type Span = "month" | "week";

export interface CalendarProps {
  search: Search;
  view: Span;
  onSearch: (changes: Partial<Search>) => void;
}

/** The sessions of a month or a week, each at its time; only what is shown is loaded. */
export function CalendarView({ search, view, onSearch }: CalendarProps) {
  const { rest, account, router } = useClient();
  const isWide = useIsWide();
  const [opened, setOpened] = useState<Day | null>(null);
  const at = search.at || today();
  const weeks = shownWeeks(view, at);
  const days = weeks.flat();
  const [first, last] = [days[0] ?? at, days.at(-1) ?? at];
  // Those that began the evening before reach into the first day.
  const range = boundsOf(addDays(first, -1), last);
  const request = { ...filtersOf({ ...search, from: "", to: "" }, account.user.value?.id ?? "", boundsOf), ...range };
  const { data, error, isLoading, reload } = useLoad(
    (signal) => loadRange(rest, request, signal),
    [queryString(request)],
  );

  const sessions = data?.sessions ?? [];
  const found = byDay(sessions, shownZone.value);
  const create = (day: Day, time = ""): void => router.go(`/sessions/new?start=${day}${time && `T${time}`}`);
  const show = (day: Day): void => onSearch({ at: day });
  return (
    <section class="calendar" aria-busy={isLoading} aria-label={titleOf(view, at, days)}>
      <CalendarHead view={view} at={at} title={titleOf(view, at, days)} onShow={show} />
      {error && <LoadError error={error} onRetry={reload} />}
      {!data && isLoading && !isWide && <Skeleton lines={6} label={words.sessions.title} />}
      {!error && isWide && view === "month" && (
        <MonthGrid weeks={weeks} at={at} found={found} onShow={show} onOpen={setOpened} onCreate={create} />
      )}
      {!error && isWide && view === "week" && (
        <WeekGrid days={days} at={at} sessions={sessions} onShow={show} onOpen={setOpened} onCreate={create} />
      )}
      {data && !isWide && <Agenda days={view === "month" ? monthOf(days, at) : days} found={found} onCreate={create} />}
      <p class="calendar-note quiet">{data?.isCut ? words.calendar.cut(sessions.length) : words.calendar.note}</p>
      {opened && (
        <DayDialog
          day={opened}
          sessions={found.get(opened) ?? []}
          onClose={() => setOpened(null)}
          onCreate={() => create(opened)}
        />
      )}
    </section>
  );
}

function shownWeeks(view: Span, at: Day): Day[][] {
  const firstWeekday = firstWeekdayOf(locale.value);
  return view === "month" ? weeksOf(at, firstWeekday) : [weekOf(at, firstWeekday)];
}

function monthOf(days: readonly Day[], at: Day): Day[] {
  return days.filter((day) => day.slice(0, 7) === at.slice(0, 7));
}

function titleOf(view: Span, at: Day, days: readonly Day[]): string {
  return view === "month" ? formatMonth(at) : formatDays(days[0] ?? at, days.at(-1) ?? at);
}

interface HeadProps {
  view: Span;
  at: Day;
  title: string;
  onShow: (day: Day) => void;
}

function CalendarHead({ view, at, title, onShow }: HeadProps) {
  const step = (by: number): Day => (view === "month" ? addMonths(at, by) : addDays(at, 7 * by));
  return (
    <header class="calendar-head">
      <Button onClick={() => onShow(today())}>{words.time.today}</Button>
      <IconButton icon={ChevronLeft} label={words.calendar.before[view]} onClick={() => onShow(step(-1))} />
      <IconButton icon={ChevronRight} label={words.calendar.after[view]} onClick={() => onShow(step(1))} />
      <h2 class="calendar-title" aria-live="polite">
        {title}
      </h2>
      <span class="calendar-zone quiet">{shownZone.value.name.replaceAll("_", " ")}</span>
    </header>
  );
}
