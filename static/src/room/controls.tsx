import { Ellipsis, Hand, LogOut, MessageSquare, PanelRight, PanelRightClose, Users } from "lucide";

import { Button, IconButton } from "../design/button";
import { Popover } from "../design/popover";
import { words } from "../words";
import { formatNumber } from "../words/format";
import { useHostTools, HostButtons, HostItems, EndDialog } from "./host_tools";
import type { PanelTab } from "./panel";
import { ReactionPicker } from "./reactions";
import { useInside } from "./room";
import type { PanelState } from "./room_view";

interface ControlsProps {
  panel: PanelState;
  onShow: (tab: PanelTab) => void;
  onHide: () => void;
  isWide: boolean;
  /** The panel lies over everything else. */
  isCovered: boolean;
}

export function Controls({ panel, onShow, onHide, isWide, isCovered }: ControlsProps) {
  const { room, state, me } = useInside();
  const { settings, status } = state.session;
  const tools = useHostTools();
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
          <Popover label={words.room.moreTools} icon={Ellipsis} side="above" class="icon-button button-control">
            {(close) => <HostItems tools={tools} close={close} />}
          </Popover>
        )}
        <Button
          look="danger"
          icon={LogOut}
          class="leave"
          onClick={() => void room.leave()}
          aria-label={words.room.leave}
        >
          {isWide ? words.room.leave : null}
        </Button>
      </div>
      {isWide && <WidePanelButton panel={panel} onShow={onShow} onHide={onHide} />}
      {tools.isEnding && <EndDialog tools={tools} />}
    </section>
  );
}

function HandButton({ isRaised }: { isRaised: boolean }) {
  const { room } = useInside();
  return (
    <IconButton
      icon={Hand}
      class={`button-control ${isRaised ? "control-on" : ""}`}
      label={isRaised ? words.room.lowerHand : words.room.raiseHand}
      onClick={() => void room.order(isRaised ? "participant:lower_hand" : "participant:raise_hand")}
    />
  );
}

function WidePanelButton({ panel, onShow, onHide }: Pick<ControlsProps, "panel" | "onShow" | "onHide">) {
  const { room } = useInside();
  const unread = room.chat.unread.value;
  return (
    <span class="controls-side">
      <IconButton
        icon={panel.isOpen ? PanelRightClose : PanelRight}
        class="button-control"
        label={panel.isOpen ? words.room.hidePanel : words.room.showPanel}
        aria-expanded={panel.isOpen}
        onClick={() => (panel.isOpen ? onHide() : onShow(unread ? "chat" : panel.tab))}
      />
      {!panel.isOpen && unread > 0 && <Count n={unread} means={words.chat.unread(unread)} />}
    </span>
  );
}

function NarrowPanelButtons({ onShow }: Pick<ControlsProps, "onShow">) {
  const { room, state } = useInside();
  const unread = room.chat.unread.value;
  const waiting = Object.keys(state.waiting).length;
  return (
    <>
      <span class="control-spot">
        <IconButton
          icon={Users}
          class="button-control"
          label={words.people.tab}
          onClick={() => onShow(waiting ? "waiting" : "people")}
        />
        {waiting > 0 && <Count n={waiting} means={words.waitingRoom.count(waiting)} />}
      </span>
      <span class="control-spot">
        <IconButton icon={MessageSquare} class="button-control" label={words.chat.tab} onClick={() => onShow("chat")} />
        {unread > 0 && <Count n={unread} means={words.chat.unread(unread)} />}
      </span>
    </>
  );
}

function Count({ n, means }: { n: number; means: string }) {
  return (
    <span class="badge badge-strong control-count">
      <span aria-hidden="true">{formatNumber(n)}</span>
      <span class="sr-only">{means}</span>
    </span>
  );
}
