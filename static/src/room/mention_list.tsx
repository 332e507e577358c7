import { useEffect, useMemo, useState } from "preact/hooks";

import type { ParticipantView } from "../contract/types";
import { Avatar } from "../design/avatar";
import { latest } from "../net/latest";
import { words } from "../words";
import { matching } from "./mentions";
import { usePart, useRights, useRoom } from "./room";

const MOST_SHOWN = 6;
const PAUSE_MS = 150;

/** Whom what is typed after an @ may mean. In a large room, where nobody is told everybody, the server is asked. */
export function useNames(query: string | null): readonly ParticipantView[] {
  const room = useRoom();
  const { me } = useRights();
  const participants = usePart((state) => state.participants);
  const isSummary = usePart((state) => state.roster) === "summary";
  const [found, setFound] = useState<readonly ParticipantView[]>([]);
  const lookup = useMemo(
    () =>
      latest<string, ParticipantView[]>(
        async (wanted, signal) => (await room.readPeople(wanted, 1, signal)).data,
        ({ answer }) => setFound(answer ?? []),
        PAUSE_MS,
      ),
    [room],
  );

  useEffect(() => {
    if (query === null || !isSummary) return undefined;
    lookup.ask(query);
    return () => lookup.cancel();
  }, [query, isSummary, lookup]);

  return useMemo(() => {
    if (query === null) return [];
    const told = Object.values(participants);
    const others = found.filter((each) => !participants[each.id]);
    const all = isSummary ? [...told, ...others] : told;
    return matching(
      all.filter((each) => each.id !== me.id && each.is_present),
      query,
      MOST_SHOWN,
    );
  }, [query, found, participants, isSummary, me.id]);
}

interface MentionListProps {
  id: string;
  people: readonly ParticipantView[];
  current: number;
  onPick: (person: ParticipantView) => void;
}

/** The names one can choose from. The focus stays in the field; arrows move, Enter or Tab chooses. */
export function MentionList({ id, people, current, onPick }: MentionListProps) {
  return (
    <ul id={id} class="mention-list" role="listbox" aria-label={words.chat.people}>
      {people.map((person, i) => (
        <li
          key={person.id}
          id={`${id}-${i}`}
          class="mention-option"
          role="option"
          aria-selected={i === current}
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(person)}
        >
          <Avatar id={person.id} name={person.display_name} image={person.avatar_url} size="small" />
          <span class="mention-name" dir="auto">
            {person.display_name}
          </span>
          {person.role !== "attendee" && <span class="quiet">{words.roles[person.role]}</span>}
        </li>
      ))}
    </ul>
  );
}
