import { Hand, MicOff } from "lucide";

import type { ParticipantView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { Icon } from "../design/icon";
import { words } from "../words";
import { formatNumber } from "../words/format";
import { PersonMenu } from "./person_menu";

/** Pixels: every row of a roster is as high as the others. */
export const ROW = 48;

/** A line of a roster: the heading of a group, or somebody, with their place if the group is a queue. */
export type Row =
  { key: string; heading: string; count: number } | { key: string; person: ParticipantView; place: number | null };

export function group(heading: string, people: readonly ParticipantView[], isQueue: boolean): Row[] {
  if (people.length === 0) return [];
  const members = people.map((person, i) => ({ key: person.id, person, place: isQueue ? i + 1 : null }));
  return [{ key: heading, heading, count: people.length }, ...members];
}

export function RosterRow({ row, me }: { row: Row; me: string }) {
  if ("person" in row) return <PersonRow person={row.person} place={row.place} isMe={row.person.id === me} />;
  return (
    <h2 class="group-heading">
      {row.heading} <span class="quiet">{formatNumber(row.count)}</span>
    </h2>
  );
}

function PersonRow({ person, place, isMe }: { person: ParticipantView; place: number | null; isMe: boolean }) {
  return (
    <div class="person">
      <Avatar id={person.id} name={person.display_name} size="small" />
      <div class="person-text">
        <span class="person-name">{isMe ? words.room.yourself(person.display_name) : person.display_name}</span>
        {(person.role !== "attendee" || person.user_id === null) && (
          <span class="person-role">{person.role === "attendee" ? words.people.guest : words.roles[person.role]}</span>
        )}
      </div>
      {person.hand_raised_at && (
        <span class="person-hand">
          <Icon of={Hand} size={16} label={words.announce.hand(person.display_name)} />
          {place !== null && <span aria-hidden="true">{place}</span>}
        </span>
      )}
      {person.is_muted && (
        <span class="person-muted">
          <Icon of={MicOff} size={16} label={words.room.muted} />
        </span>
      )}
      <PersonMenu person={person} />
    </div>
  );
}
