import { Plus } from "lucide";

import { useClient } from "../client";
import { Link } from "../design/button";
import { queryString } from "../net/rest";
import { Page } from "../shell/page";
import { words } from "../words";
import { CalendarView } from "./calendar/calendar_view";
import { Filters } from "./filters";
import { addressOf, searchFrom, type Search } from "./search";
import { SessionList } from "./session_list";
import { ViewSwitch } from "./view_switch";

export function SessionsPage() {
  const { router } = useClient();
  const search = searchFrom(router.place.value.query);
  const addressWith = (changes: Partial<Search>): string =>
    `/sessions${queryString(addressOf({ ...search, page: 1, ...changes }))}`;

  function change(changes: Partial<Search>): void {
    // One step back undoes a search as a whole, not its last letter.
    const isTyping = Object.keys(changes).every((name) => (name === "q" || name === "tag") && search[name] !== "");
    router.go(addressWith(changes), { replace: isTyping });
  }

  return (
    <Page
      title={words.sessions.title}
      width="wide"
      actions={
        <>
          <ViewSwitch view={search.view} addressOf={(view) => addressWith({ view })} />
          <Link href="/sessions/new" look="primary" icon={Plus} class="wide-only">
            {words.shell.newSession}
          </Link>
        </>
      }
    >
      <Filters search={search} onSearch={change} />
      {search.view === "list" ? (
        <SessionList search={search} onSearch={change} />
      ) : (
        <CalendarView search={search} view={search.view} onSearch={change} />
      )}
    </Page>
  );
}
