import { useClient } from "../client";
import { ErrorBoundary } from "../design/error_boundary";
import { Link } from "../design/button";
import { Icon } from "../design/icon";
import { showCurrent } from "../design/show_current";
import { NotFoundPage } from "../shell/not_found_page";
import { Page } from "../shell/page";
import { words } from "../words";
import { adminPagesFor, type AdminPage } from "./pages";

interface Place {
  /** The page's own part of the address; null for the first one that is offered. */
  path: string | null;
  id: string | null;
}

/** The frame of the administration: its pages at the side, and the one that is open. */
export function AdminFrame({ path, id }: Place) {
  const pages = adminPagesFor(useClient().account.user.value);
  const shown = path === null ? pages[0] : pages.find((each) => each.path === path);
  if (!shown) return <NotFoundPage />;
  return (
    <Page key={shown.path} width="full" title={words.admin.pages[shown.word]}>
      <div class="admin">
        <AdminNavigation pages={pages} current={shown} />
        <div class="admin-body">
          <ErrorBoundary>
            <shown.View id={id} />
          </ErrorBoundary>
        </div>
      </div>
    </Page>
  );
}

function AdminNavigation({ pages, current }: { pages: readonly AdminPage[]; current: AdminPage }) {
  return (
    <nav ref={showCurrent} class="account-sections" aria-label={words.admin.navigation}>
      {pages.map(({ path, word, icon }) => (
        <Link
          key={path}
          href={`/admin/${path}`}
          class="account-section"
          aria-current={path === current.path ? "page" : undefined}
        >
          <Icon of={icon} />
          <span>{words.admin.pages[word]}</span>
        </Link>
      ))}
    </nav>
  );
}
