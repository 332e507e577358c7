import { X } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";

import { useClient } from "../client";
import type { WaitingView } from "../contract/types";
import { Button, IconButton } from "../design/button";
import { TextField } from "../design/field";
import { words } from "../words";
import { useRoom } from "./room";

interface MessageWaitingProps {
  /** Who is written to; null: everybody who waits. */
  reader: WaitingView | null;
  onEveryone: () => void;
}

export function MessageWaiting({ reader, onEveryone }: MessageWaitingProps) {
  const { toasts } = useClient();
  const room = useRoom();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const label = reader ? words.waitingRoom.writeTo(reader.display_name) : words.waitingRoom.message;

  useEffect(() => {
    if (reader) input.current?.focus();
  }, [reader]);

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!text.trim()) return;
    const whom = reader && { participant_id: reader.id };
    if (await room.order("waiting_room:message", { text: text.trim(), ...whom })) {
      setText("");
      toasts.tell(() => (reader ? words.waitingRoom.toldOne(reader.display_name) : words.waitingRoom.messageSent));
      onEveryone();
    }
  }

  return (
    <form class="waiting-write" onSubmit={(event) => void send(event)}>
      {reader && (
        <p class="waiting-to">
          <span>{label}</span>
          <IconButton icon={X} size="small" tip="none" label={words.waitingRoom.writeToAll} onClick={onEveryone} />
        </p>
      )}
      <TextField
        ref={input}
        label={label}
        hideLabel
        placeholder={reader ? label : words.waitingRoom.messageHint}
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
