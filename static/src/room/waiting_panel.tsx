import { DoorOpen, MessageSquare, X } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { MassResult, WaitingView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { Button, IconButton } from "../design/button";
import { Empty } from "../design/notice";
import { VirtualList } from "../design/virtual_list";
import { words } from "../words";
import { formatNumber, formatTime } from "../words/format";
import { MessageWaiting } from "./message_waiting";
import { useModeration } from "./moderation";
import { usePart, useRights, useRoom } from "./room";

const ROW = 56;

/** Everybody who waits, in the order they came. */
export function WaitingPanel() {
  const { permissions } = useRights().rights;
  const waiting = usePart((state) => state.waiting);
  const people = Object.values(waiting).sort(byKnock);
  const [writingTo, writeTo] = useState<WaitingView | null>(null);
  // Whoever is written to may have gone in or away meanwhile.
  const reader = writingTo && waiting[writingTo.id] ? writingTo : null;
  const lines = people.map((person, i) => ({ person, place: i + 1 }));

  return (
    <div class="people">
      {people.length > 0 && <WaitingHead count={people.length} />}
      {people.length === 0 ? (
        <Empty icon={DoorOpen} title={words.waitingRoom.emptyTitle} hint={words.waitingRoom.emptyHint} />
      ) : (
        <VirtualList items={lines} keyOf={({ person }) => person.id} rowHeight={ROW} label={words.waitingRoom.tab}>
          {({ person, place }) => <WaitingRow person={person} place={place} onWrite={writeTo} />}
        </VirtualList>
      )}
      {people.length > 0 && permissions.has("waiting_room:message") && (
        <MessageWaiting reader={reader} onEveryone={() => writeTo(null)} />
      )}
    </div>
  );
}

function byKnock(a: WaitingView, b: WaitingView): number {
  return Date.parse(a.knocked_at ?? "") - Date.parse(b.knocked_at ?? "") || (a.id < b.id ? -1 : 1);
}

function WaitingHead({ count }: { count: number }) {
  const { toasts } = useClient();
  const room = useRoom();
  const { permissions } = useRights().rights;
  const [isBusy, setBusy] = useState(false);

  async function admitAll(): Promise<void> {
    setBusy(true);
    try {
      const { data } = await room.call<MassResult>("participant:approve_all");
      if (data.remaining > 0) toasts.tell(() => words.waitingRoom.remaining(data.remaining));
    } catch (error) {
      toasts.complain(error);
    }
    setBusy(false);
  }

  return (
    <div class="waiting-head">
      <p role="status">{words.waitingRoom.count(count)}</p>
      {permissions.has("participant:approve") && (
        <Button look="primary" size="small" busy={isBusy} onClick={() => void admitAll()}>
          {words.waitingRoom.admitAll}
        </Button>
      )}
    </div>
  );
}

interface RowProps {
  person: WaitingView;
  place: number;
  onWrite: (person: WaitingView) => void;
}

function WaitingRow({ person, place, onWrite }: RowProps) {
  const moderate = useModeration();
  const room = useRoom();
  const { permissions } = useRights().rights;
  const name = person.display_name;
  return (
    <div class="person">
      <span class="person-place" aria-hidden="true">
        {formatNumber(place)}
      </span>
      <Avatar id={person.id} name={name} image={person.avatar_url} size="small" />
      <div class="person-text">
        <span class="person-name">{name}</span>
        {person.knocked_at && <span class="person-role">{words.waitingRoom.since(formatTime(person.knocked_at))}</span>}
      </div>
      {permissions.has("waiting_room:message") && (
        <IconButton
          icon={MessageSquare}
          size="small"
          label={words.waitingRoom.writeTo(name)}
          onClick={() => onWrite(person)}
        />
      )}
      {permissions.has("participant:reject") && (
        <IconButton
          icon={X}
          size="small"
          label={words.waitingRoom.decline(name)}
          onClick={() => void moderate(person, { verb: "reject" })}
        />
      )}
      {permissions.has("participant:approve") && (
        <Button
          look="secondary"
          size="small"
          aria-label={words.waitingRoom.admit(name)}
          onClick={() => void room.order("participant:approve", { participant_id: person.id })}
        >
          {words.waitingRoom.admitShort}
        </Button>
      )}
    </div>
  );
}
