import { SmilePlus } from "lucide";

import type { Reaction } from "../contract/events";
import { Popover } from "../design/popover";
import { words } from "../words";
import { useRoom, type Floating } from "./room";

const EMOJI = Object.keys(words.room.reactions) as Reaction[];
const LANES = 6;

export function ReactionPicker() {
  const room = useRoom();
  return (
    <Popover label={words.room.react} icon={SmilePlus} side="above" class="icon-button button-control">
      {(close) => (
        <div class="emoji-row">
          {EMOJI.map((emoji) => (
            <button
              key={emoji}
              type="button"
              class="emoji"
              aria-label={words.room.reactions[emoji]}
              onClick={() => {
                close();
                void room.order("reaction:send", { emoji });
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
    </Popover>
  );
}

/** Emojis that float by, with the name of who sent them. */
export function Reactions({ list }: { list: readonly Floating[] }) {
  return (
    <div class="floats">
      {list.map(({ key, emoji, name }) => (
        <p key={key} class={`float lane-${key % LANES}`}>
          <span class="float-emoji" role="img" aria-label={words.room.reacted(name, words.room.reactions[emoji])}>
            {emoji}
          </span>
          <span class="float-name" aria-hidden="true">
            {name}
          </span>
        </p>
      ))}
    </div>
  );
}
