import type { VNode } from "preact";
import { useEffect } from "preact/hooks";

import { ConfirmPage } from "./account/confirm_page";
import { ForgotPage } from "./account/forgot_page";
import { ResetPage } from "./account/reset_page";
import { AdminFrame } from "./admin/admin_frame";
import { ActingBar } from "./shell/acting_bar";
import { ElsewherePage } from "./shell/elsewhere_page";
import { useClient } from "./client";
import { ErrorBoundary } from "./design/error_boundary";
import { onDemand } from "./design/on_demand";
import { ToastList } from "./design/toast_list";
import { HomePage } from "./home/home_page";
import { ConfirmRegistrationPage } from "./identity/confirm_registration_page";
import { RegisterPage } from "./identity/register_page";
import { SignInPage } from "./identity/sign_in_page";
import { JoinPage } from "./join/join_page";
import { RoomPage } from "./room/room_page";
import { match } from "./router";
import { EditPage } from "./sessions/edit_page";
import { CreatePage } from "./sessions/create_page";
import { ReadyPage } from "./sessions/ready_page";
import { SessionsPage } from "./sessions/sessions_page";
import { useGlobalCommands } from "./shell/global_commands";
import { NotFoundPage } from "./shell/not_found_page";
import { Palette } from "./shell/palette";
import { Shell } from "./shell/shell";
import { ShortcutHelp } from "./shell/shortcut_help";
import { useShortcuts } from "./shell/use_shortcuts";

// What one does not need to meet: fetched when it is first opened.
const AccountPage = onDemand(async () => (await import("./account/account_page")).AccountPage);
const HistoryPage = onDemand(async () => (await import("./history/history_page")).HistoryPage);
const ReplayPage = onDemand(async () => (await import("./replay/replay_page")).ReplayPage);

type Parts = Record<string, string>;

interface PageAt {
  pattern: string;
  /** For people who have signed in. */
  members?: boolean;
  bare?: boolean;
  /** Also while one acts in another tenant. */
  across?: boolean;
  view: (parts: Parts) => VNode;
}

/** Every address of the site. */
const PAGES: readonly PageAt[] = [
  { pattern: "/", view: () => <HomePage /> },
  { pattern: "/sign-in", view: () => <SignInPage /> },
  { pattern: "/register", view: () => <RegisterPage /> },
  { pattern: "/confirm-registration", view: () => <ConfirmRegistrationPage /> },
  { pattern: "/forgot-password", view: () => <ForgotPage /> },
  { pattern: "/reset-password", view: () => <ResetPage /> },
  { pattern: "/confirm-email", view: () => <ConfirmPage /> },
  { pattern: "/account", members: true, across: true, view: () => <AccountPage section="profile" /> },
  {
    pattern: "/account/:section",
    members: true,
    across: true,
    view: ({ section }) => <AccountPage section={section ?? ""} />,
  },
  { pattern: "/admin", members: true, across: true, view: () => <AdminFrame path={null} id={null} /> },
  {
    pattern: "/admin/:path",
    members: true,
    across: true,
    view: ({ path }) => <AdminFrame path={path ?? ""} id={null} />,
  },
  {
    pattern: "/admin/:path/:id",
    members: true,
    across: true,
    view: ({ path, id }) => <AdminFrame path={path ?? ""} id={id ?? null} />,
  },
  { pattern: "/join", view: () => <JoinPage code="" /> },
  { pattern: "/join/:code", view: ({ code }) => <JoinPage code={code ?? ""} /> },
  { pattern: "/sessions", members: true, view: () => <SessionsPage /> },
  { pattern: "/sessions/new", members: true, view: () => <CreatePage /> },
  {
    pattern: "/sessions/:id",
    members: true,
    across: true,
    view: ({ id }) => <HistoryPage key={id} id={id ?? ""} />,
  },
  { pattern: "/sessions/:id/edit", members: true, view: ({ id }) => <EditPage key={id} id={id ?? ""} /> },
  {
    pattern: "/sessions/:id/replay",
    members: true,
    across: true,
    bare: true,
    view: ({ id }) => <ReplayPage key={id} id={id ?? ""} />,
  },
  { pattern: "/sessions/:id/ready", members: true, view: ({ id }) => <ReadyPage key={id} id={id ?? ""} /> },
  { pattern: "/room/:id", bare: true, view: ({ id }) => <RoomPage key={id} id={id ?? ""} /> },
];

export function App() {
  const { router, account, acting } = useClient();
  const { path } = router.place.value;
  const page = PAGES.map((each) => ({ ...each, parts: match(each.pattern, path) })).find((each) => each.parts);
  const isKnown = account.isKnown.value;
  const mustSignIn = isKnown && page?.members === true && !account.user.value;

  useEffect(() => {
    if (mustSignIn) router.go(`/sign-in?next=${encodeURIComponent(path)}`, { replace: true });
  }, [mustSignIn, path]);

  const tenant = acting.tenant.value;
  // Until we know who is here, a page for members has nothing to show and a page for all might show the wrong thing.
  const view = !isKnown || mustSignIn ? null : viewOf(page, tenant !== null);
  // Typing a code goes through many addresses: only another part of the site begins afresh.
  const guarded = <ErrorBoundary key={`${path.split("/")[1]} ${tenant?.id ?? ""}`}>{view}</ErrorBoundary>;
  return (
    <>
      {tenant && isKnown && <ActingBar tenant={tenant} />}
      {page?.bare ? guarded : <Shell>{guarded}</Shell>}
      <Overlays />
      <ToastList />
    </>
  );
}

function viewOf(page: (PageAt & { parts: Parts | null }) | undefined, isAway: boolean): VNode {
  if (!page?.parts) return <NotFoundPage />;
  return isAway && !page.across ? <ElsewherePage /> : page.view(page.parts);
}

/** What can be called up over every page. A view of its own, so that what is offered draws no page anew. */
function Overlays() {
  useGlobalCommands();
  useShortcuts();
  return (
    <>
      <Palette />
      <ShortcutHelp />
    </>
  );
}
