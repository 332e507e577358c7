import { useMemo, useState } from "preact/hooks";

import type { Mention } from "../contract/types";
import { words } from "../words";
import { piecesOf } from "./message_pieces";
import { nameOf } from "../words/person_name";

/** A text longer than this is folded until one asks for the rest. */
const LONG_TEXT = 1_000;
const MANY_LINES = 14;

interface MessageTextProps {
  text: string;
  mentions: readonly Mention[];
  me: string | null;
  isEdited?: boolean;
}

/** What somebody wrote, with links one can follow and names marked. */
export function MessageText({ text, mentions, me, isEdited }: MessageTextProps) {
  const isLong = text.length > LONG_TEXT || text.split("\n", MANY_LINES + 1).length > MANY_LINES;
  const [isOpen, setOpen] = useState(false);
  const pieces = useMemo(() => piecesOf(text, mentions), [text, mentions]);

  return (
    <>
      <p class={`message-text ${isLong && !isOpen ? "message-folded" : ""}`} dir="auto">
        {pieces.map((piece, i) => {
          if (piece.kind === "link") {
            return (
              <a key={i} href={piece.href} target="_blank" rel="noopener noreferrer" tabIndex={-1}>
                {piece.text}
              </a>
            );
          }
          if (piece.kind === "mention") {
            const isMe = piece.mention.participant_id === me;
            return (
              <span key={i} class={`mention ${isMe ? "mention-me" : ""}`}>
                {piece.mention.is_erased ? `@${nameOf(piece.mention)}` : piece.text}
              </span>
            );
          }
          return piece.text;
        })}
        {isEdited && <span class="message-mark"> ({words.chat.edited})</span>}
      </p>
      {isLong && (
        <button type="button" class="message-more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.chat.showLess : words.chat.showAll}
        </button>
      )}
    </>
  );
}
