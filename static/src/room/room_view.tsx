import { useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";

import { useIsWide } from "../design/media";
import { HiddenBar, LinkBar, RecordingBanner } from "./banners";
import { ConsentDialog } from "./consent_dialog";
import { Controls } from "./controls";
import { RoomHeader } from "./header";
import { focusPanel, Panel } from "./panel";
import type { PanelTab } from "./panel_tab";
import { Reactions } from "./reactions";
import { useRights, useRoom } from "./room";
import { Stage } from "./stage";

export interface PanelState {
  isOpen: boolean;
  tab: PanelTab;
}

export interface FrameParts {
  panel: PanelState;
  /** Opens the panel and goes into it, unless one stays on the button that opens and closes it. */
  onShow: (tab: PanelTab, stays?: boolean) => void;
  onHide: () => void;
  isWide: boolean;
  /** The panel lies over everything else. */
  isCovered: boolean;
}

interface RoomFrameProps {
  head: ComponentChildren;
  foot: (parts: FrameParts) => VNode;
}

/** The room itself: header, stage, side panel, controls. */
export function RoomView() {
  return (
    <>
      <RoomFrame
        head={
          <>
            <RoomHeader />
            <LinkBar />
          </>
        }
        foot={(parts) => <Controls {...parts} />}
      />
      <ConsentDialog />
    </>
  );
}

/** Stage and side panel, between a head and a foot. */
export function RoomFrame({ head, foot }: RoomFrameProps) {
  const { rights } = useRights();
  const isWide = useIsWide();
  const panel = useSignal<PanelState>({ isOpen: isWide, tab: "people" });
  const turnTo = (tab: PanelTab): void => void (panel.value = { isOpen: true, tab });
  const show = (tab: PanelTab, stays = false): void => {
    turnTo(tab);
    if (!stays) focusPanel();
  };
  const [showWaiting, showPeople] = useMemo(() => [() => show("waiting"), () => show("people")], []);
  const room = useRoom();
  const hide = (): void => void (panel.value = { ...panel.peek(), isOpen: false });

  useEffect(() => {
    if (panel.peek().tab === "waiting" && !rights.permissions.has("waiting_room:view")) turnTo("people");
  }, [rights.permissions]);

  useSignalEffect(() => {
    const pointed = room.pointedAt.value;
    if (!pointed) return;
    show(pointed.tab);
    room.pointedAt.value = null;
  });

  useEffect(() => {
    panel.value = { ...panel.peek(), isOpen: isWide };
  }, [isWide]);

  const isCovered = panel.value.isOpen && !isWide;
  return (
    <div class={`room ${panel.value.isOpen ? "room-with-panel" : ""}`}>
      <div class="room-top" inert={isCovered}>
        {head}
        <RecordingBanner />
        <HiddenBar />
      </div>
      <main id="content" class="room-stage" inert={isCovered}>
        <Stage
          onShowWaiting={panel.value.isOpen && panel.value.tab === "waiting" ? null : showWaiting}
          onShowPeople={showPeople}
        />
        <Reactions />
      </main>
      {panel.value.isOpen && <Panel tab={panel.value.tab} onTab={turnTo} onClose={hide} isSheet={!isWide} />}
      {foot({ panel: panel.value, onShow: show, onHide: hide, isWide, isCovered })}
    </div>
  );
}
