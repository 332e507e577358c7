import { EyeOff, Hand, MicOff } from "lucide";

import type { ParticipantView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { Icon } from "../design/icon";
import { words } from "../words";
import { formatNumber } from "../words/format";
import { nameOf } from "../words/person_name";

interface TileProps {
  person: ParticipantView;
  isMe: boolean;
  /** Pixels: small tiles show less. */
  width: number;
}

export function Tile({ person, isMe, width }: TileProps) {
  const isSmall = width < 180;
  const hasHand = person.hand_raised_at !== null;
  return (
    <li
      class={`tile ${isSmall ? "tile-small" : ""} ${hasHand ? "tile-hand" : ""} ${person.is_hidden ? "tile-hidden" : ""}`}
    >
      <Avatar id={person.id} name={nameOf(person)} image={person.avatar_url} size={isSmall ? "medium" : "large"} />
      <p class="tile-name">
        {person.is_hidden && <Icon of={EyeOff} size={16} label={words.people.hidden} />}
        {person.is_muted && <Icon of={MicOff} size={16} label={words.room.muted} />}
        <span>{isMe ? words.room.yourself(nameOf(person)) : nameOf(person)}</span>
      </p>
      {hasHand && (
        <span class="tile-badge">
          <Icon of={Hand} size={16} label={words.announce.hand(nameOf(person))} />
        </span>
      )}
      {!isSmall && person.role !== "attendee" && <span class="tile-role">{words.roles[person.role]}</span>}
    </li>
  );
}

interface RestProps {
  people: readonly ParticipantView[];
  /** How many more there are, of whom only the number is known. */
  unseen?: number;
  onShow: () => void;
}

/** Stands for everybody for whom there is no room on the stage, and leads to the list of all. */
export function RestTile({ people, unseen = 0, onShow }: RestProps) {
  const count = people.length + unseen;
  return (
    <li class="tile tile-small tile-rest">
      <button type="button" class="tile-button" aria-label={words.room.more(count)} onClick={onShow}>
        <span class="tile-faces">
          {people.slice(0, 3).map((person) => (
            <Avatar key={person.id} id={person.id} name={nameOf(person)} image={person.avatar_url} size="small" />
          ))}
        </span>
        <span>+{formatNumber(count)}</span>
      </button>
    </li>
  );
}
