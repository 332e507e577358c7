import { Hand, UserCheck } from "lucide";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import type { ParticipantView, RoomState, SessionKind } from "../contract/types";
import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { words } from "../words";
import { handsOf, stageOrder } from "./roster";
import { useModeration } from "./moderation";
import { actsOn, isHostRole } from "./rights";
import { usePart, useRights } from "./room";
import { StageScreen } from "./stage_screens";
import { Tile, RestTile } from "./tile";
import { seatsOf, tilingOf } from "./tiling";
import { seenBy } from "./visibility";
import { nameOf } from "../words/person_name";

/** Pixels, as in styles/stage.css. */
const TILE_GAP = 12;

/** Where a few speak and many listen, who leads stands in front. */
const LED: ReadonlySet<SessionKind> = new Set(["class", "lecture"]);

interface StageProps {
  /** Opens the list of those who wait; null while it is open. */
  onShowWaiting: (() => void) | null;
  onShowPeople: () => void;
}

export function Stage({ onShowWaiting, onShowPeople }: StageProps) {
  return (
    <section class="stage" aria-label={words.room.stage}>
      {onShowWaiting && <Knock onShow={onShowWaiting} />}
      <StageScreen />
      <People onShowPeople={onShowPeople} />
    </section>
  );
}

function Knock({ onShow }: { onShow: () => void }) {
  const waiting = usePart((state) => Object.keys(state.waiting).length);
  if (waiting === 0) return null;
  return (
    <div class="knock" role="status">
      <Button look="secondary" size="small" icon={UserCheck} onClick={onShow}>
        {words.waitingRoom.count(waiting)}
      </Button>
    </div>
  );
}

function People({ onShowPeople }: { onShowPeople: () => void }) {
  const { me } = useRights();
  const participants = usePart((state) => state.participants);
  const audience = usePart((state) => state.audience);
  const kind = usePart((state) => state.session.kind);
  const told = usePart((state) => Object.keys(state.participants).length);
  const present = usePart((state) => state.present);
  const people = useMemo(
    () => stageOrder(withMe(seenBy(me.id, audience, participants), me), me.id),
    [participants, audience, me],
  );
  // Who is hidden is not counted as somebody for whom there was no room.
  const unseen = Math.max(0, present - told - (participants[me.id] || !me.is_present ? 0 : 1));
  const { leads, listeners } = useMemo(() => parted(people, LED.has(kind)), [people, kind]);
  const hasAudience = leads.length > 0 && listeners.length > 0;

  return (
    <>
      <Tiles
        people={leads.length ? leads : people}
        unseen={hasAudience ? 0 : unseen}
        me={me.id}
        onShowPeople={onShowPeople}
      />
      {hasAudience && <Audience people={listeners} unseen={unseen} me={me.id} onShowPeople={onShowPeople} />}
      <SpeakingOrder hands={handsOf(people)} />
    </>
  );
}

function parted(people: readonly ParticipantView[], isLed: boolean) {
  if (!isLed) return { leads: people, listeners: [] };
  const isLead = ({ role }: ParticipantView): boolean => isHostRole(role) || role === "presenter";
  return { leads: people.filter(isLead), listeners: people.filter((each) => !isLead(each)) };
}

interface Seen {
  people: readonly ParticipantView[];
  /** How many more there are, of whom nothing else is known. */
  unseen: number;
  me: string;
  onShowPeople: () => void;
}

/** In a large room only those on the stage are told; I am shown all the same. */
function withMe(participants: RoomState["participants"], me: ParticipantView): ParticipantView[] {
  const told = Object.values(participants);
  return participants[me.id] || !me.is_present ? told : [...told, me];
}

/** As many tiles as fit, as large as they can be; the last one stands for the rest. */
function Tiles({ people, unseen, me, onShowPeople }: Seen) {
  const box = useRef<HTMLDivElement>(null);
  const size = useMeasure(() => box.current, sizeOf, { width: 0, height: 0 });
  const tiles = people.length + (unseen > 0 ? 1 : 0);
  const { columns, shown, width } = tilingOf(tiles, size, TILE_GAP);
  const isCut = shown < tiles || unseen > 0;
  const visible = people.slice(0, isCut ? shown - 1 : shown);
  return (
    <div ref={box} class="tiles">
      <ul class="tile-grid" style={{ "--tile": `${width}px`, maxWidth: `${columns * (width + TILE_GAP)}px` }}>
        {visible.map((person) => (
          <Tile key={person.id} person={person} isMe={person.id === me} width={width} />
        ))}
        {isCut && <RestTile people={people.slice(visible.length)} unseen={unseen} onShow={onShowPeople} />}
      </ul>
    </div>
  );
}

/** Two rows of small tiles, or one where the stage is low; the last tile stands for the rest. */
function Audience({ people, unseen, me, onShowPeople }: Seen) {
  const list = useRef<HTMLUListElement>(null);
  const columns = useMeasure(() => list.current, columnsOf, 0);
  const { height } = useMeasure(() => list.current?.parentElement, sizeOf, { width: 0, height: 0 });
  const most = seatsOf(columns, height);
  const isCut = people.length > most || unseen > 0;
  const visible = people.slice(0, isCut ? most - 1 : most);
  return (
    <ul ref={list} class="audience" aria-label={words.people.everyone}>
      {visible.map((person) => (
        <Tile key={person.id} person={person} isMe={person.id === me} width={112} />
      ))}
      {isCut && <RestTile people={people.slice(visible.length)} unseen={unseen} onShow={onShowPeople} />}
    </ul>
  );
}

/** Something about an element, measured anew whenever its size changes. */
function useMeasure<T>(find: () => Element | null | undefined, measure: (element: Element) => T, before: T): T {
  const [measured, setMeasured] = useState(before);
  useLayoutEffect(() => {
    const element = find();
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setMeasured(measure(element)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return measured;
}

function sizeOf({ clientWidth, clientHeight }: Element): { width: number; height: number } {
  return { width: clientWidth, height: clientHeight };
}

function columnsOf(grid: Element): number {
  return getComputedStyle(grid).gridTemplateColumns.split(" ").length;
}

const MOST_HANDS = 6;

/** Who wants the floor, in order. Whoever may lower hands calls on somebody with one click. */
function SpeakingOrder({ hands }: { hands: readonly ParticipantView[] }) {
  const { rights } = useRights();
  if (hands.length === 0) return null;
  return (
    <div class="hands">
      <span class="hands-title">
        <Icon of={Hand} size={16} />
        {words.room.hands}
      </span>
      <ol>
        {hands.slice(0, MOST_HANDS).map((person, i) => (
          <li key={person.id}>
            <HandInLine person={person} place={i + 1} canLower={actsOn(rights, person).canLowerHand} />
          </li>
        ))}
      </ol>
      {hands.length > MOST_HANDS && <span class="quiet">{words.room.more(hands.length - MOST_HANDS)}</span>}
    </div>
  );
}

function HandInLine({ person, place, canLower }: { person: ParticipantView; place: number; canLower: boolean }) {
  const moderate = useModeration();
  const text = words.room.handPlace(place, nameOf(person));
  if (!canLower) return <span class="hand">{text}</span>;
  return (
    <button
      type="button"
      class="hand hand-button"
      data-tip={words.people.lowerHand(nameOf(person))}
      aria-description={words.people.lowerHand(nameOf(person))}
      onClick={() => void moderate(person, { verb: "lower_hand" })}
    >
      {text}
    </button>
  );
}
