import { Hand, MicOff } from "lucide";

import type { ParticipantView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { Icon } from "../design/icon";
import { words } from "../words";
import { formatNumber } from "../words/format";

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
    <li class={`tile ${isSmall ? "tile-small" : ""} ${hasHand ? "tile-hand" : ""}`}>
      <Avatar id={person.id} name={person.display_name} size={isSmall ? "medium" : "large"} />
      <p class="tile-name">
        {person.is_muted && <Icon of={MicOff} size={16} label={words.room.muted} />}
        <span>{isMe ? words.room.yourself(person.display_name) : person.display_name}</span>
      </p>
      {hasHand && (
        <span class="tile-badge">
          <Icon of={Hand} size={16} label={words.announce.hand(person.display_name)} />
        </span>
      )}
      {!isSmall && person.role !== "attendee" && <span class="tile-role">{words.roles[person.role]}</span>}
    </li>
  );
}

/** Stands for everybody for whom there is no room on the stage; of the `unseen` only their number is known. */
export function RestTile({ people, unseen = 0 }: { people: readonly ParticipantView[]; unseen?: number }) {
  const count = people.length + unseen;
  return (
    <li class="tile tile-small tile-rest">
      <span class="tile-faces" aria-hidden="true">
        {people.slice(0, 3).map((person) => (
          <Avatar key={person.id} id={person.id} name={person.display_name} size="small" />
        ))}
      </span>
      <p>
        <span aria-hidden="true">+{formatNumber(count)}</span>
        <span class="sr-only">{words.room.more(count)}</span>
      </p>
    </li>
  );
}
