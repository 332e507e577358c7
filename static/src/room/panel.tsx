import { X } from "lucide";
import { useLayoutEffect, useRef } from "preact/hooks";

import { IconButton } from "../design/button";
import { Tabs, type Tab } from "../design/tabs";
import { words } from "../words";
import { formatNumber } from "../words/format";
import { ChatPanel } from "./chat_panel";
import type { PanelTab } from "./panel_tab";
import { PeoplePanel } from "./people_panel";
import { PollsPanel } from "./polls_panel";
import { usePart, useRights, useRoom } from "./room";
import { unreadText } from "./unread";
import { WaitingPanel } from "./waiting_panel";

/**
 * Brings the focus into the panel once it is drawn: to the message that one wants to write, or to the chosen tab. A sheet
 * takes it by itself, and where there is no keyboard none is called up unasked.
 */
export function focusPanel(): void {
  requestAnimationFrame(() => {
    const panel = document.querySelector(".panel:not(.panel-sheet)");
    const message = matchMedia("(pointer: fine)").matches && panel?.querySelector<HTMLElement>(".composer-input");
    (message || panel?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]'))?.focus();
  });
}

interface PanelProps {
  tab: PanelTab;
  onTab: (tab: PanelTab) => void;
  onClose: () => void;
  /** On narrow screens it lies over the stage. */
  isSheet: boolean;
}

export function Panel({ tab, onTab, onClose, isSheet }: PanelProps) {
  const element = useRef<HTMLElement>(null);
  const tabs = useTabs(tab);

  // Before the rest becomes inert, and once it no longer is: what is inert has no focus and gets none.
  useLayoutEffect(() => {
    if (!isSheet) return undefined;
    const before = document.activeElement;
    element.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
    return () => {
      if (before instanceof HTMLElement) queueMicrotask(() => before.focus());
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
          // What is open in the sheet closes first.
          const isInMenu = event.target instanceof Element && event.target.closest("[popover]") !== null;
          if (event.key === "Escape" && isSheet && !event.defaultPrevented && !isInMenu) onClose();
        }}
      >
        <Tabs
          label={words.room.panel}
          tabs={tabs}
          current={tab}
          onChoose={onTab}
          onPick={focusPanel}
          end={isSheet ? <IconButton icon={X} label={words.actions.close} tip="none" onClick={onClose} /> : null}
        >
          {tab === "people" && <PeoplePanel />}
          {tab === "waiting" && <WaitingPanel />}
          {tab === "chat" && <ChatPanel />}
          {tab === "polls" && <PollsPanel />}
        </Tabs>
      </aside>
    </>
  );
}

/** The tabs that the session and my role have, each with the number worth knowing. */
function useTabs(current: PanelTab): Tab<PanelTab>[] {
  const room = useRoom();
  const { rights } = useRights();
  const people = usePart((state) => state.present);
  const waiting = usePart((state) => Object.keys(state.waiting).length);
  const allowsPolls = usePart(({ session }) => session.settings.allow_polls);
  const unread = current === "chat" ? 0 : room.chat.unread.value;
  const forMe = room.chat.unreadForMe.value;
  const polls = Object.values(usePart((state) => state.polls));
  const votes = room.polls.votes.value;
  const unanswered = polls.filter((poll) => poll.closed_at === null && !votes[poll.id]).length;
  const strong = (n: number, means: string) => (n ? { text: formatNumber(n), means, strong: true } : undefined);

  const tabs: Tab<PanelTab>[] = [
    { key: "people", name: words.people.tab, badge: { text: formatNumber(people), means: words.room.people(people) } },
  ];
  if (rights.permissions.has("waiting_room:view")) {
    tabs.push({
      key: "waiting",
      name: words.waitingRoom.tab,
      badge: strong(waiting, words.waitingRoom.count(waiting)),
    });
  }
  const chat = strong(unread, words.chat.unread(unread, forMe));
  tabs.push({ key: "chat", name: words.chat.tab, badge: chat && { ...chat, text: unreadText(unread, forMe) } });
  if (allowsPolls || polls.length) {
    tabs.push({ key: "polls", name: words.polls.tab, badge: strong(unanswered, words.polls.open(unanswered)) });
  }
  return tabs;
}
