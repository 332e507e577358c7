import { SendHorizontal, X } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";

import { useClient } from "../client";
import type { MessageView } from "../contract/types";
import { IconButton } from "../design/button";
import { words } from "../words";
import { silenceOf } from "./chat";
import { useInside } from "./room";

const LONGEST = 4_000;

/** What is being written is an answer to, or a correction of. */
export interface Target {
  kind: "reply" | "edit";
  message: MessageView;
}

interface ComposerProps {
  target: Target | null;
  onDone: () => void;
}

export function Composer({ target, onDone }: ComposerProps) {
  const { toasts } = useClient();
  const { room, state, me } = useInside();
  const { chat } = room;
  const input = useRef<HTMLTextAreaElement>(null);
  const [correction, setCorrection] = useState("");
  const isEdit = target?.kind === "edit";
  const text = isEdit ? correction : chat.draft.value;
  const write = (value: string): void => (isEdit ? setCorrection(value) : void (chat.draft.value = value));
  const silence = silenceOf(state, me);

  useEffect(() => {
    if (!target) return;
    if (target.kind === "edit") setCorrection(target.message.text);
    input.current?.focus();
  }, [target]);

  if (silence) {
    return (
      <p class="composer-off" role="status">
        {silence}
      </p>
    );
  }

  function send(event?: Event): void {
    event?.preventDefault();
    const said = text.trim();
    if (!said) return;
    if (isEdit) void chat.edit(target.message.id, said).catch(toasts.complain);
    else {
      chat.send(said, target?.message.id ?? null);
      chat.draft.value = "";
    }
    onDone();
    input.current?.focus();
  }

  function typed(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
    if (event.key === "Escape" && target) {
      event.preventDefault();
      onDone();
    }
  }

  return (
    <form class="composer" onSubmit={send}>
      {target && (
        <p class="composer-target">
          <span>{isEdit ? words.chat.editing : words.chat.replyingTo(target.message.display_name)}</span>
          <IconButton
            icon={X}
            size="small"
            tip="none"
            label={isEdit ? words.chat.stopEditing : words.chat.stopReplying}
            onClick={onDone}
          />
        </p>
      )}
      <div class="composer-row">
        <textarea
          ref={input}
          class="input composer-input"
          rows={1}
          aria-label={words.chat.message}
          placeholder={words.chat.placeholder}
          maxLength={LONGEST}
          value={text}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={typed}
        />
        <IconButton
          icon={SendHorizontal}
          look="primary"
          type="submit"
          label={isEdit ? words.chat.save : words.chat.send}
          tip="none"
        />
      </div>
    </form>
  );
}
