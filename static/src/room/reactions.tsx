import { SmilePlus } from "lucide";

import type { Reaction } from "../contract/events";
import { Popover } from "../design/popover";
import { words } from "../words";
import { formatNumber } from "../words/format";
import type { Floating } from "./floating";
import { useRoom } from "./room";

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

/** Emojis that float by, with the name of who sent them, or how many did. */
export function Reactions() {
  const list = useRoom().reactions.value;
  return (
    <div class="floats">
      {list.map((each) => (
        <FloatingEmoji key={each.key} emoji={each.emoji} name={each.name} count={each.count} lane={each.key % LANES} />
      ))}
    </div>
  );
}

function FloatingEmoji({ emoji, name, count, lane }: Pick<Floating, "emoji" | "name" | "count"> & { lane: number }) {
  return (
    <p class={`float lane-${lane} ${count > 1 ? "float-many" : ""}`}>
      <span class="float-emoji" role="img" aria-label={words.room.reacted(name, words.room.reactions[emoji])}>
        {emoji}
      </span>
      <span class="float-name" aria-hidden="true">
        {count > 1 ? `×${formatNumber(count)}` : name}
      </span>
    </p>
  );
}
