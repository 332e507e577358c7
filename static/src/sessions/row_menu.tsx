import { CalendarX2, Copy, CopyPlus, DoorOpen, EllipsisVertical, History, Pencil, Trash2 } from "lucide";
import type { IconNode } from "lucide";

import { useClient } from "../client";
import type { SessionView } from "../contract/types";
import { Menu, MenuItem } from "../design/menu";
import { words } from "../words";
import { copyLink } from "./copy_link";
import { isLive, isOver, leads } from "./standing";
import type { RowActions } from "./use_row_actions";

/** Everything that can be done with a session from a list. */
export function RowMenu({ session, actions }: { session: SessionView; actions: RowActions }) {
  const { account, router, toasts } = useClient();
  const isAdmin = account.user.value?.permissions.includes("admin:sessions") === true;
  const isHost = session.my_role === "host" || isAdmin;
  const isOpen = !isOver(session);
  const go = (path: string) => () => router.go(path);
  const item = (icon: IconNode, label: string, run: () => void, danger = false) => (
    <MenuItem icon={icon} danger={danger} onChoose={run}>
      {label}
    </MenuItem>
  );
  return (
    <Menu label={words.actions.for(session.title)} icon={EllipsisVertical}>
      {isOpen && item(DoorOpen, words.sessions.open, go(`/room/${session.id}`))}
      {isOpen && item(Copy, words.actions.copyLink, () => void copyLink(session.code, toasts))}
      {item(History, words.sessions.history, go(`/sessions/${session.id}`))}
      {isOpen && (isAdmin || leads(session)) && item(Pencil, words.actions.edit, go(`/sessions/${session.id}/edit`))}
      {item(CopyPlus, words.sessions.duplicate, go(`/sessions/new?from=${session.id}`))}
      {isHost && isOpen && item(CalendarX2, words.sessions.cancelSession, () => actions.cancel(session), true)}
      {isHost && !isLive(session) && item(Trash2, words.actions.delete, () => void actions.remove(session), true)}
    </Menu>
  );
}
