import { X } from "lucide";
import { useEffect, useRef } from "preact/hooks";

import { IconButton } from "../design/button";
import { Tabs, type Tab } from "../design/tabs";
import { words } from "../words";
import { formatNumber } from "../words/format";
import { ChatPanel } from "./chat_panel";
import { PeoplePanel } from "./people_panel";
import { useInside } from "./room";
import { WaitingPanel } from "./waiting_panel";

export type PanelTab = "people" | "waiting" | "chat";

interface PanelProps {
  tab: PanelTab;
  onTab: (tab: PanelTab) => void;
  onClose: () => void;
  /** On narrow screens it lies over the stage. */
  isSheet: boolean;
}

export function Panel({ tab, onTab, onClose, isSheet }: PanelProps) {
  const { room, state, rights } = useInside();
  const element = useRef<HTMLElement>(null);
  const people = Object.keys(state.participants).length;
  const waiting = Object.keys(state.waiting).length;
  const unread = room.chat.unread.value;
  const tabs: Tab<PanelTab>[] = [
    { key: "people", name: words.people.tab, badge: { text: formatNumber(people), means: words.room.people(people) } },
  ];
  if (rights.permissions.has("waiting_room:view")) {
    const badge = waiting
      ? { text: formatNumber(waiting), means: words.waitingRoom.count(waiting), strong: true }
      : undefined;
    tabs.push({ key: "waiting", name: words.waitingRoom.tab, badge });
  }
  const badge =
    unread && tab !== "chat"
      ? { text: formatNumber(unread), means: words.chat.unread(unread), strong: true }
      : undefined;
  tabs.push({ key: "chat", name: words.chat.tab, badge });

  useEffect(() => {
    if (!isSheet) return undefined;
    const before = document.activeElement;
    element.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [isSheet]);

  return (
    <>
      {isSheet && <div class="sheet-back" onClick={onClose} />}
      <aside
        ref={element}
        class={`panel ${isSheet ? "panel-sheet" : ""}`}
        aria-label={words.room.panel}
        onKeyDown={(event) => {
          if (event.key === "Escape" && isSheet && !event.defaultPrevented) onClose();
        }}
      >
        <Tabs
          label={words.room.panel}
          tabs={tabs}
          current={tab}
          onChoose={onTab}
          end={isSheet ? <IconButton icon={X} label={words.actions.close} tip="none" onClick={onClose} /> : null}
        >
          {tab === "people" && <PeoplePanel />}
          {tab === "waiting" && <WaitingPanel />}
          {tab === "chat" && <ChatPanel />}
        </Tabs>
      </aside>
    </>
  );
}
