import { Ellipsis, Hand, LogOut, MessageSquare, PanelRight, PanelRightClose, Users } from "lucide";

import { Button, IconButton } from "../design/button";
import { Menu } from "../design/menu";
import { words } from "../words";
import { formatNumber } from "../words/format";
import { useHostTools, HostButtons, HostItems, EndDialog } from "./host_tools";
import { ReactionPicker } from "./reactions";
import { usePart, useRights, useRoom } from "./room";
import { useRoomCommands } from "./room_commands";
import { unreadText } from "./unread";
import type { FrameParts } from "./room_view";

export function Controls({ panel, onShow, onHide, isWide, isCovered }: FrameParts) {
  const { me } = useRights();
  const { settings, status } = usePart((state) => state.session);
  const tools = useHostTools();
  useRoomCommands(tools, onShow);
  const isLive = status === "active" || status === "paused";

  return (
    <section class="controls" inert={isCovered} aria-label={words.room.controls}>
      <div class="controls-main">
        {settings.allow_hands && <HandButton isRaised={me.hand_raised_at !== null} />}
        {settings.allow_reactions && isLive && <ReactionPicker />}
        {isWide && tools.list.length > 0 && (
          <div class="controls-group" role="group" aria-label={words.room.hostTools}>
            <HostButtons tools={tools} />
          </div>
        )}
        {!isWide && <NarrowPanelButtons onShow={onShow} />}
        {!isWide && tools.list.length > 0 && (
          <Menu label={words.room.moreTools} icon={Ellipsis} side="above" class="icon-button button-control">
            {(close) => <HostItems tools={tools} close={close} />}
          </Menu>
        )}
        <Button look="danger" icon={LogOut} class="leave" onClick={tools.leave} aria-label={words.room.leave}>
          {isWide ? words.room.leave : null}
        </Button>
      </div>
      {isWide && <WidePanelButton panel={panel} onShow={onShow} onHide={onHide} />}
      {tools.asking && <EndDialog tools={tools} />}
    </section>
  );
}

function HandButton({ isRaised }: { isRaised: boolean }) {
  const room = useRoom();
  return (
    <IconButton
      icon={Hand}
      class={`button-control ${isRaised ? "control-on" : ""}`}
      label={isRaised ? words.room.lowerHand : words.room.raiseHand}
      onClick={() => void room.order(isRaised ? "participant:lower_hand" : "participant:raise_hand")}
    />
  );
}

export function WidePanelButton({ panel, onShow, onHide }: Pick<FrameParts, "panel" | "onShow" | "onHide">) {
  const room = useRoom();
  const unread = room.chat.unread.value;
  const forMe = room.chat.unreadForMe.value;
  return (
    <span class="controls-side">
      <IconButton
        icon={panel.isOpen ? PanelRightClose : PanelRight}
        class="button-control"
        label={panel.isOpen ? words.room.hidePanel : words.room.showPanel}
        aria-expanded={panel.isOpen}
        onClick={() => (panel.isOpen ? onHide() : onShow(unread ? "chat" : panel.tab, true))}
      />
      {!panel.isOpen && unread > 0 && (
        <Count text={unreadText(unread, forMe)} means={words.chat.unread(unread, forMe)} />
      )}
    </span>
  );
}

export function NarrowPanelButtons({ onShow }: Pick<FrameParts, "onShow">) {
  const room = useRoom();
  const unread = room.chat.unread.value;
  const forMe = room.chat.unreadForMe.value;
  const waiting = usePart((state) => Object.keys(state.waiting).length);
  return (
    <>
      <span class="control-spot">
        <IconButton
          icon={Users}
          class="button-control"
          label={words.people.tab}
          onClick={() => onShow(waiting ? "waiting" : "people")}
        />
        {waiting > 0 && <Count text={formatNumber(waiting)} means={words.waitingRoom.count(waiting)} />}
      </span>
      <span class="control-spot">
        <IconButton icon={MessageSquare} class="button-control" label={words.chat.tab} onClick={() => onShow("chat")} />
        {unread > 0 && <Count text={unreadText(unread, forMe)} means={words.chat.unread(unread, forMe)} />}
      </span>
    </>
  );
}

function Count({ text, means }: { text: string; means: string }) {
  return (
    <span class="badge badge-strong control-count">
      <span aria-hidden="true">{text}</span>
      <span class="sr-only">{means}</span>
    </span>
  );
}
