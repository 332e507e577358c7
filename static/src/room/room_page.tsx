import { effect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";

import { useClient } from "../client";
import { seatIn } from "../join/seat";
import { titleWith, useIsHidden } from "../notices/attention";
import { useTitle } from "../shell/page";
import { words } from "../words";
import { Announcer } from "./announcer";
import { useCalledIn } from "./call_in";
import { ClosedScreen, ConnectingScreen, ConsentScreen } from "./door";
import { keepDraft } from "./draft";
import { Room, RoomContext, useRoom } from "./room";
import { RoomView } from "./room_view";
import { unreadText } from "./unread";
import { WaitingScreen } from "./waiting_screen";

/** A session's room, from the door to the farewell. */
export function RoomPage({ id }: { id: string }) {
  const client = useClient();
  const [visit, setVisit] = useState(1);
  const [room, setRoom] = useState<Room | null>(null);
  const isMember = client.account.user.value !== null;
  const isStranger = !isMember && !seatIn(id);
  const wasMember = useRef(isMember);
  if (isMember) wasMember.current = true;

  useEffect(() => {
    if (isStranger) return undefined;
    const opened = new Room(id, client);
    setRoom(opened);
    const follow = effect(() => {
      const token = client.account.token.value;
      if (token) opened.authenticate(token);
    });
    const letGo = keepDraft(id, opened.chat.draft);
    return () => {
      letGo();
      follow();
      opened.close();
      setRoom(null);
    };
  }, [id, visit, isStranger]);

  if (isStranger) {
    return <ClosedScreen why={wasMember.current ? "signInAgain" : "signedOut"} reason={null} onRejoin={null} />;
  }
  if (!room) return <ConnectingScreen />;
  return (
    <RoomContext.Provider value={room}>
      <PhaseView onRejoin={() => setVisit(visit + 1)} />
      <Announcer />
    </RoomContext.Provider>
  );
}

function PhaseView({ onRejoin }: { onRejoin: () => void }) {
  const room = useRoom();
  const isHidden = useIsHidden();
  const phase = room.phase.value;
  const session = room.state.value?.session;
  const title = session?.title ?? words.brand;
  const isCalled = useCalledIn(phase.name, title);
  const waiting = Object.keys(room.state.value?.waiting ?? {}).length;
  const unseen = isHidden ? room.chat.unread.value + waiting : 0;
  const badge = unseen ? unreadText(unseen, room.chat.unreadForMe.value) : "";
  useTitle(isCalled ? `${words.waiting.letIn} · ${title}` : titleWith(badge, title));

  if (phase.name === "closed") return <ClosedScreen {...phase} onRejoin={onRejoin} />;
  if (session?.status === "ended" || session?.status === "cancelled") {
    return <ClosedScreen why={session.status} reason={session.cancel_reason} onRejoin={null} />;
  }
  if (phase.name === "waiting") return <WaitingScreen />;
  if (phase.name === "consent") return <ConsentScreen />;
  // The very first moment: the state is there, our own arrival in it is not yet.
  if (phase.name === "connecting" || !room.rights.value) return <ConnectingScreen />;
  return <RoomView />;
}
