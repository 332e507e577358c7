import { Hand, MicOff, Search } from "lucide";
import { useMemo, useState } from "preact/hooks";

import type { ParticipantView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { TextField } from "../design/field";
import { Icon } from "../design/icon";
import { Empty } from "../design/notice";
import { VirtualList } from "../design/virtual_list";
import { words } from "../words";
import { formatNumber } from "../words/format";
import { PersonMenu } from "./person_menu";
import { useInside } from "./room";
import { rosterOf } from "./roster";

const ROW = 48;

type Row =
  { key: string; heading: string; count: number } | { key: string; person: ParticipantView; place: number | null };

export function PeoplePanel() {
  const { state, me } = useInside();
  const [search, setSearch] = useState("");
  // Sorting thousands of names for every message that is written would be felt.
  const { hosts, hands, others } = useMemo(
    () => rosterOf(Object.values(state.participants), search),
    [state.participants, search],
  );
  const rows = [
    ...group(words.people.hosts, hosts, false),
    ...group(words.people.hands, hands, true),
    ...group(words.people.everyone, others, false),
  ];

  return (
    <div class="people">
      <div class="people-search">
        <TextField
          label={words.people.search}
          hideLabel
          type="search"
          placeholder={words.people.search}
          autoComplete="off"
          value={search}
          onText={setSearch}
        />
      </div>
      {rows.length === 0 ? (
        <Empty icon={Search} title={words.people.nobody} />
      ) : (
        <VirtualList items={rows} keyOf={(row) => row.key} rowHeight={ROW} label={words.people.tab}>
          {(row) =>
            "heading" in row ? (
              <h2 class="group-heading">
                {row.heading} <span class="quiet">{formatNumber(row.count)}</span>
              </h2>
            ) : (
              <PersonRow person={row.person} place={row.place} isMe={row.person.id === me.id} />
            )
          }
        </VirtualList>
      )}
    </div>
  );
}

function group(heading: string, people: readonly ParticipantView[], isQueue: boolean): Row[] {
  if (people.length === 0) return [];
  const members = people.map((person, i) => ({ key: person.id, person, place: isQueue ? i + 1 : null }));
  return [{ key: heading, heading, count: people.length }, ...members];
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
