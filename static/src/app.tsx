import type { VNode } from "preact";
import { useEffect } from "preact/hooks";

import { useClient } from "./client";
import { ErrorBoundary } from "./design/error_boundary";
import { ToastList } from "./design/toast_list";
import { HistoryPage } from "./history/history_page";
import { HomePage } from "./home/home_page";
import { RegisterPage } from "./identity/register_page";
import { SignInPage } from "./identity/sign_in_page";
import { JoinPage } from "./join/join_page";
import { RoomPage } from "./room/room_page";
import { match } from "./router";
import { EditPage } from "./sessions/edit_page";
import { CreatePage } from "./sessions/create_page";
import { SessionsPage } from "./sessions/sessions_page";
import { NotFoundPage } from "./shell/not_found_page";
import { Shell } from "./shell/shell";

type Parts = Record<string, string>;

/** Every address of the site. `members` pages are for people who have signed in. */
const PAGES: readonly { pattern: string; members?: boolean; bare?: boolean; view: (parts: Parts) => VNode }[] = [
  { pattern: "/", view: () => <HomePage /> },
  { pattern: "/sign-in", view: () => <SignInPage /> },
  { pattern: "/register", view: () => <RegisterPage /> },
  { pattern: "/join", view: () => <JoinPage code="" /> },
  { pattern: "/join/:code", view: ({ code }) => <JoinPage code={code ?? ""} /> },
  { pattern: "/sessions", members: true, view: () => <SessionsPage /> },
  { pattern: "/sessions/new", members: true, view: () => <CreatePage /> },
  { pattern: "/sessions/:id", members: true, view: ({ id }) => <HistoryPage key={id} id={id ?? ""} /> },
  { pattern: "/sessions/:id/edit", members: true, view: ({ id }) => <EditPage key={id} id={id ?? ""} /> },
  { pattern: "/room/:id", bare: true, view: ({ id }) => <RoomPage key={id} id={id ?? ""} /> },
];

export function App() {
  const { router, account } = useClient();
  const { path } = router.place.value;
  const page = PAGES.map((each) => ({ ...each, parts: match(each.pattern, path) })).find((each) => each.parts);
  const isKnown = account.isKnown.value;
  const mustSignIn = isKnown && page?.members === true && !account.user.value;

  useEffect(() => {
    if (mustSignIn) router.go(`/sign-in?next=${encodeURIComponent(path)}`, { replace: true });
  }, [mustSignIn, path]);

  // Until we know who is here, a page for members has nothing to show and a page for all might show the wrong thing.
  const view = !isKnown || mustSignIn ? null : page?.parts ? page.view(page.parts) : <NotFoundPage />;
  // Typing a code goes through many addresses: only another part of the site begins afresh.
  const guarded = <ErrorBoundary key={path.split("/")[1]}>{view}</ErrorBoundary>;
  return (
    <>
      {page?.bare ? guarded : <Shell>{guarded}</Shell>}
      <ToastList />
    </>
  );
}
