import { SendHorizontal, X } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";

import { useClient } from "../client";
import type { Mention, MessageView } from "../contract/types";
import { IconButton } from "../design/button";
import { words } from "../words";
import { silenceOf } from "./chat";
import { MentionList } from "./mention_list";
import { mentionsIn } from "./mentions";
import { mayEdit } from "./message_menu";
import { usePart, useRights, useRoom } from "./room";
import { useMentioning } from "./use_mentioning";
import { nameOf } from "../words/person_name";

/** What the server takes, in characters. */
export const LONGEST = 4_000;
/** From here on, what is left is said. */
const NEARLY = 3_700;
const MOST_ROWS = 6;

/** What is being written is an answer to, or a correction of. */
export interface Target {
  kind: "reply" | "edit";
  message: MessageView;
}

/** What a message is to say instead, as far as it is written. */
interface Correction {
  of: Target;
  text: string;
}

interface ComposerProps {
  target: Target | null;
  onTarget: (target: Target) => void;
  onDone: () => void;
}

export function Composer({ target, onTarget, onDone }: ComposerProps) {
  const { toasts } = useClient();
  const { chat } = useRoom();
  const { me } = useRights();
  const session = usePart((state) => state.session);
  const participants = usePart((state) => state.participants);
  const input = useRef<HTMLTextAreaElement>(null);
  const [correction, setCorrection] = useState<Correction | null>(null);
  const isEdit = target?.kind === "edit";
  const corrected = correction?.of === target ? correction?.text : target?.message.text;
  const text = isEdit ? (corrected ?? "") : chat.draft.value;
  const write = (value: string): void =>
    isEdit ? setCorrection({ of: target, text: value }) : void (chat.draft.value = value);
  const pick = (mention: Mention): void => void (chat.picked.value = [...chat.picked.peek(), mention]);
  const names = useMentioning(input, write, pick);
  const silence = silenceOf(session, me);
  const length = lengthOf(text);
  const isTooLong = length > LONGEST;

  useEffect(() => {
    if (target) input.current?.focus();
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
    if (!said || isTooLong) return input.current?.focus();
    const people = Object.values(participants).filter((each) => each.id !== me.id);
    if (isEdit) {
      const meant = mentionsIn(said, [...target.message.mentions, ...chat.picked.peek()], people);
      void chat.edit(target.message.id, said, meant).catch(toasts.complain);
    } else {
      chat.send(said, target?.message.id ?? null, mentionsIn(said, chat.picked.peek(), people));
      chat.draft.value = "";
    }
    chat.picked.value = [];
    onDone();
    input.current?.focus();
  }

  function typed(event: KeyboardEvent): void {
    if (names.typed(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
    if (event.key === "ArrowUp" && !text) {
      const last = chat.lastBy(me.id);
      if (!last || !mayEdit(last, me.id)) return;
      event.preventDefault();
      onTarget({ kind: "edit", message: last });
    }
    if (event.key === "Escape" && target) {
      event.preventDefault();
      onDone();
    }
  }

  return (
    <form class="composer" onSubmit={send}>
      {names.people.length > 0 && (
        <MentionList id={names.id} people={names.people} current={names.current} onPick={names.pick} />
      )}
      {target && (
        <div class="composer-target">
          <p>
            <b>{isEdit ? words.chat.editing : words.chat.replyingTo(nameOf(target.message))}</b>
            {!isEdit && <span dir="auto">{target.message.text.slice(0, 120)}</span>}
          </p>
          <IconButton
            icon={X}
            size="small"
            tip="none"
            label={isEdit ? words.chat.stopEditing : words.chat.stopReplying}
            onClick={() => (onDone(), input.current?.focus())}
          />
        </div>
      )}
      <div class="composer-row">
        <textarea
          ref={input}
          class="input composer-input"
          rows={Math.min(MOST_ROWS, text.split("\n", MOST_ROWS).length)}
          aria-label={words.chat.message}
          aria-invalid={isTooLong || undefined}
          aria-describedby={length > NEARLY ? `${names.id}-length` : undefined}
          aria-autocomplete="list"
          aria-controls={names.people.length ? names.id : undefined}
          aria-activedescendant={names.people.length ? `${names.id}-${names.current}` : undefined}
          placeholder={words.chat.placeholder}
          dir="auto"
          value={text}
          onInput={(event) => (write(event.currentTarget.value), names.look())}
          onClick={names.look}
          onKeyUp={(event) => event.key.startsWith("Arrow") && names.people.length === 0 && names.look()}
          onBlur={names.close}
          onKeyDown={typed}
        />
        <IconButton
          icon={SendHorizontal}
          look="primary"
          type="submit"
          label={isEdit ? words.chat.save : words.chat.send}
          tip="none"
          aria-disabled={isTooLong || !text.trim()}
        />
      </div>
      {length > NEARLY && (
        <p
          id={`${names.id}-length`}
          class={`composer-length ${isTooLong ? "composer-too-long" : "quiet"}`}
          role="status"
        >
          {isTooLong ? words.chat.tooLong(length - LONGEST, LONGEST) : words.chat.left(LONGEST - length)}
        </p>
      )}
    </form>
  );
}

/** In characters as the server counts them; the exact count only where it matters. */
function lengthOf(text: string): number {
  return text.length > NEARLY ? [...text.trim().normalize("NFC")].length : text.length;
}
