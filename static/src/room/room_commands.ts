// What the command palette and the keyboard offer in a room.

import { Copy, DoorOpen, Hand, LogOut, MessageSquare, Undo2, Users } from "lucide";

import { useClient } from "../client";
import { copyLink } from "../sessions/copy_link";
import { useCommands, type Command } from "../shell/commands";
import { words } from "../words";
import type { HostTools } from "./host_tools";
import type { PanelTab } from "./panel_tab";
import { usePart, useRights, useRoom } from "./room";

export function useRoomCommands(tools: HostTools, onShow: (tab: PanelTab) => void): void {
  const { toasts } = useClient();
  const room = useRoom();
  const { me, rights } = useRights();
  const { settings, code } = usePart((state) => state.session);
  const isRaised = me.hand_raised_at !== null;

  const hand: Command = {
    id: "hand",
    group: "room",
    title: isRaised ? words.room.lowerHand : words.room.raiseHand,
    icon: Hand,
    keys: "h",
    run: () => void room.order(isRaised ? "participant:lower_hand" : "participant:raise_hand"),
  };
  const last = toasts.list.value.findLast(({ action }) => action?.isUndo);
  const undo: Command[] = last?.action
    ? [
        {
          id: "undo",
          group: "room",
          title: `${last.action.label()}: ${last.say()}`,
          icon: Undo2,
          keys: "u",
          run: () => {
            last.action?.run();
            toasts.dismiss(last.id);
          },
        },
      ]
    : [];
  const panel = (tab: PanelTab, title: string, icon: Command["icon"], keys?: string): Command => ({
    id: `panel:${tab}`,
    group: "room",
    title,
    ...(icon && { icon }),
    ...(keys && { keys }),
    run: () => onShow(tab),
  });
  useCommands([
    ...(settings.allow_hands ? [hand] : []),
    panel("people", words.palette.showPeople, Users, "p"),
    panel("chat", words.palette.showChat, MessageSquare, "c"),
    ...(rights.permissions.has("waiting_room:view")
      ? [panel("waiting", words.palette.showWaiting, DoorOpen, "w")]
      : []),
    ...tools.list.map((tool): Command => ({
      id: tool.key,
      group: "room",
      title: words.room[tool.word],
      icon: tool.icon,
      run: () => tools.use(tool),
    })),
    {
      id: "copy-link",
      group: "room",
      title: words.actions.copyLink,
      also: code,
      icon: Copy,
      run: () => void copyLink(code, toasts),
    },
    ...undo,
    { id: "leave", group: "room", title: words.room.leave, icon: LogOut, run: tools.leave },
  ]);
}
