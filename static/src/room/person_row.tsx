import { EyeOff, Hand, Mic, MicOff } from "lucide";

import type { ParticipantView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { IconButton } from "../design/button";
import { Icon } from "../design/icon";
import { words } from "../words";
import { formatNumber } from "../words/format";
import { useModeration } from "./moderation";
import { PersonMenu } from "./person_menu";
import { actsOn, type Acts } from "./rights";
import { useRights, useRoom } from "./room";
import { nameOf } from "../words/person_name";

/** Pixels: every row of a roster is as high as the others. */
export const ROW = 52;

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

interface PersonProps {
  person: ParticipantView;
  place: number | null;
  isMe: boolean;
}

function PersonRow({ person, place, isMe }: PersonProps) {
  const { rights } = useRights();
  const acts = actsOn(rights, person);
  return (
    <div class={`person ${person.is_hidden ? "person-hidden" : ""}`}>
      {place !== null && (
        <span class="person-place" aria-hidden="true">
          {formatNumber(place)}
        </span>
      )}
      <Avatar id={person.id} name={nameOf(person)} image={person.avatar_url} size="small" />
      <div class="person-text">
        <span class="person-name">{isMe ? words.room.yourself(nameOf(person)) : nameOf(person)}</span>
        <Facts person={person} />
      </div>
      {person.is_hidden && (
        <span class="person-mark">
          <Icon of={EyeOff} size={16} label={words.people.hidden} />
        </span>
      )}
      <HandMark person={person} acts={acts} />
      <VoiceMark person={person} acts={acts} />
      <PersonMenu person={person} acts={acts} isMe={isMe} />
    </div>
  );
}

/** Role and voice in words, under the name; nothing for somebody of whom there is nothing to say. */
function Facts({ person }: { person: ParticipantView }) {
  const facts: string[] = [];
  if (person.role !== "attendee") facts.push(words.roles[person.role]);
  else if (person.user_id === null) facts.push(words.people.guest);
  const by = useMuter(person);
  if (person.is_muted) facts.push(by ? words.people.mutedBy(by) : words.room.muted);
  return facts.length > 0 ? <span class="person-role">{facts.join(" · ")}</span> : null;
}

/** The name of who muted somebody, if that was heard. */
function useMuter({ id, is_muted }: ParticipantView): string | null {
  const room = useRoom();
  const muter = is_muted ? room.doers.value.get(id) : undefined;
  return (muter && room.state.peek()?.participants[muter]?.display_name) ?? null;
}

function HandMark({ person, acts }: { person: ParticipantView; acts: Acts }) {
  const moderate = useModeration();
  if (!person.hand_raised_at) return null;
  if (acts.canLowerHand) {
    return (
      <IconButton
        icon={Hand}
        size="small"
        class="person-hand"
        label={words.people.lowerHand(nameOf(person))}
        onClick={() => void moderate(person, { verb: "lower_hand" })}
      />
    );
  }
  return (
    <span class="person-mark person-hand">
      <Icon of={Hand} size={16} label={words.announce.hand(nameOf(person))} />
    </span>
  );
}

/** A muted person is marked; who may, mutes and unmutes with one click. */
function VoiceMark({ person, acts }: { person: ParticipantView; acts: Acts }) {
  const moderate = useModeration();
  const { is_muted, display_name } = person;
  if (acts.canMute || acts.canUnmute) {
    return (
      <IconButton
        icon={is_muted ? MicOff : Mic}
        size="small"
        class={is_muted ? "person-muted" : "person-quick"}
        label={is_muted ? words.people.unmute(display_name) : words.people.mute(display_name)}
        onClick={() => void moderate(person, { verb: is_muted ? "unmute" : "mute" })}
      />
    );
  }
  return is_muted ? (
    <span class="person-mark">
      <Icon of={MicOff} size={16} label={words.room.muted} />
    </span>
  ) : null;
}
