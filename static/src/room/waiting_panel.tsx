import { DoorOpen, UserCheck, X } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { MassResult, WaitingView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { Button, IconButton } from "../design/button";
import { TextField } from "../design/field";
import { Empty } from "../design/notice";
import { VirtualList } from "../design/virtual_list";
import { words } from "../words";
import { formatTime } from "../words/format";
import { useInside } from "./room";

const ROW = 56;

/** Everybody who waits, in the order they came. */
export function WaitingPanel() {
  const { toasts } = useClient();
  const { room, state, rights } = useInside();
  const people = Object.values(state.waiting).sort(byKnock);
  const [isBusy, setBusy] = useState(false);

  async function admitAll(): Promise<void> {
    setBusy(true);
    try {
      const { data } = await room.call<MassResult>("participant:approve_all");
      if (data.remaining > 0) toasts.tell(words.waitingRoom.remaining(data.remaining));
    } catch (error) {
      toasts.complain(error);
    }
    setBusy(false);
  }

  if (people.length === 0) {
    return <Empty icon={DoorOpen} title={words.waitingRoom.emptyTitle} hint={words.waitingRoom.emptyHint} />;
  }
  return (
    <div class="people">
      <div class="waiting-head">
        <p role="status">{words.waitingRoom.count(people.length)}</p>
        {rights.permissions.has("participant:approve") && (
          <Button look="primary" size="small" busy={isBusy} onClick={() => void admitAll()}>
            {words.waitingRoom.admitAll}
          </Button>
        )}
      </div>
      <VirtualList items={people} keyOf={(person) => person.id} rowHeight={ROW} label={words.waitingRoom.tab}>
        {(person) => <WaitingRow person={person} />}
      </VirtualList>
      {rights.permissions.has("waiting_room:message") && <MessageWaiting />}
    </div>
  );
}

function byKnock(a: WaitingView, b: WaitingView): number {
  return Date.parse(a.knocked_at ?? "") - Date.parse(b.knocked_at ?? "") || (a.id < b.id ? -1 : 1);
}

function WaitingRow({ person }: { person: WaitingView }) {
  const { room, rights } = useInside();
  const decide = (verb: string): void => void room.order(`participant:${verb}`, { participant_id: person.id });
  return (
    <div class="person">
      <Avatar id={person.id} name={person.display_name} size="small" />
      <div class="person-text">
        <span class="person-name">{person.display_name}</span>
        {person.knocked_at && <span class="person-role">{words.waitingRoom.since(formatTime(person.knocked_at))}</span>}
      </div>
      {rights.permissions.has("participant:reject") && (
        <IconButton
          icon={X}
          size="small"
          tip="none"
          label={words.waitingRoom.decline(person.display_name)}
          onClick={() => decide("reject")}
        />
      )}
      {rights.permissions.has("participant:approve") && (
        <Button
          look="secondary"
          size="small"
          icon={UserCheck}
          aria-label={words.waitingRoom.admit(person.display_name)}
          onClick={() => decide("approve")}
        >
          {words.waitingRoom.admitShort}
        </Button>
      )}
    </div>
  );
}

function MessageWaiting() {
  const { toasts } = useClient();
  const { room } = useInside();
  const [text, setText] = useState("");

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!text.trim()) return;
    if (await room.order("waiting_room:message", { text: text.trim() })) {
      setText("");
      toasts.tell(words.waitingRoom.messageSent);
    }
  }

  return (
    <form class="waiting-write" onSubmit={(event) => void send(event)}>
      <TextField
        label={words.waitingRoom.message}
        hideLabel
        placeholder={words.waitingRoom.messageHint}
        maxLength={500}
        autoComplete="off"
        value={text}
        onText={setText}
      />
      <Button type="submit" disabled={!text.trim()}>
        {words.waitingRoom.messageSend}
      </Button>
    </form>
  );
}
