import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { useIsWide } from "../design/media";
import { LinkBar, RecordingBanner } from "./banners";
import { ConsentDialog } from "./consent_dialog";
import { Controls } from "./controls";
import { RoomHeader } from "./header";
import { Panel, type PanelTab } from "./panel";
import { Reactions } from "./reactions";
import { useInside } from "./room";
import { Stage } from "./stage";

export interface PanelState {
  isOpen: boolean;
  tab: PanelTab;
}

/** The room itself: header, stage, side panel, controls. */
export function RoomView() {
  const { room, rights } = useInside();
  const isWide = useIsWide();
  const panel = useSignal<PanelState>({ isOpen: isWide, tab: "people" });
  const show = (tab: PanelTab): void => void (panel.value = { isOpen: true, tab });
  const hide = (): void => void (panel.value = { ...panel.peek(), isOpen: false });

  useEffect(() => {
    if (panel.peek().tab === "waiting" && !rights.permissions.has("waiting_room:view")) show("people");
  }, [rights.permissions]);

  useEffect(() => {
    panel.value = { ...panel.peek(), isOpen: isWide };
  }, [isWide]);

  const isCovered = panel.value.isOpen && !isWide;
  return (
    <div class={`room ${panel.value.isOpen ? "room-with-panel" : ""}`}>
      <div class="room-top" inert={isCovered}>
        <RoomHeader />
        <LinkBar />
        <RecordingBanner />
      </div>
      <main id="content" class="room-stage" inert={isCovered}>
        <Stage onShowWaiting={panel.value.isOpen && panel.value.tab === "waiting" ? null : () => show("waiting")} />
        <Reactions list={room.reactions.value} />
      </main>
      {panel.value.isOpen && <Panel tab={panel.value.tab} onTab={show} onClose={hide} isSheet={!isWide} />}
      <Controls panel={panel.value} onShow={show} onHide={hide} isWide={isWide} isCovered={isCovered} />
      <ConsentDialog />
    </div>
  );
}
