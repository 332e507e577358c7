import { Hand, UserCheck } from "lucide";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

import type { ParticipantView, RoomState, SessionKind } from "../contract/types";
import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { useIsWide } from "../design/media";
import { words } from "../words";
import { handsOf, stageOrder } from "./roster";
import { isHostRole } from "./rights";
import { useInside } from "./room";
import { StageScreen } from "./stage_screens";
import { Tile, RestTile } from "./tile";
import { tilingOf } from "./tiling";

/** Pixels, as in styles/stage.css. */
const TILE_GAP = 12;

/** Where a few speak and many listen, who leads stands in front. */
const LED: ReadonlySet<SessionKind> = new Set(["class", "lecture"]);

interface StageProps {
  /** Opens the list of those who wait; null while it is open. */
  onShowWaiting: (() => void) | null;
}

export function Stage({ onShowWaiting }: StageProps) {
  const { state, me } = useInside();
  const people = useMemo(() => stageOrder(withMe(state, me)), [state.participants, me]);
  const unseen = state.present - people.length;
  const isLed = LED.has(state.session.kind);
  const leads = isLed ? people.filter((each) => isHostRole(each.role) || each.role === "presenter") : people;
  const listeners = isLed ? people.filter((each) => !leads.includes(each)) : [];
  const hasAudience = leads.length > 0 && listeners.length > 0;
  const waiting = Object.keys(state.waiting).length;

  return (
    <section class="stage" aria-label={words.room.stage}>
      {onShowWaiting && waiting > 0 && (
        <div class="knock" role="status">
          <Button look="secondary" size="small" icon={UserCheck} onClick={onShowWaiting}>
            {words.waitingRoom.count(waiting)}
          </Button>
        </div>
      )}
      <StageScreen />
      <Tiles people={leads.length ? leads : people} unseen={hasAudience ? 0 : unseen} me={me.id} />
      {hasAudience && <Audience people={listeners} unseen={unseen} me={me.id} />}
      <SpeakingOrder hands={handsOf(people)} />
    </section>
  );
}

interface Seen {
  people: readonly ParticipantView[];
  /** How many more there are, of whom nothing else is known. */
  unseen: number;
  me: string;
}

/** In a large room only those on the stage are told; I am shown all the same. */
function withMe(state: RoomState, me: ParticipantView): ParticipantView[] {
  const told = Object.values(state.participants);
  return state.participants[me.id] ? told : [...told, me];
}

/** As many tiles as fit, as large as they can be; the last one stands for the rest. */
function Tiles({ people, unseen, me }: Seen) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

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
        {isCut && <RestTile people={people.slice(visible.length)} unseen={unseen} />}
      </ul>
    </div>
  );
}

function Audience({ people, unseen, me }: Seen) {
  const most = useIsWide() ? 14 : 6;
  const isCut = people.length > most || unseen > 0;
  const visible = people.slice(0, isCut ? most - 1 : most);
  return (
    <ul class="audience" aria-label={words.people.everyone}>
      {visible.map((person) => (
        <Tile key={person.id} person={person} isMe={person.id === me} width={112} />
      ))}
      {isCut && <RestTile people={people.slice(visible.length)} unseen={unseen} />}
    </ul>
  );
}

function SpeakingOrder({ hands }: { hands: readonly ParticipantView[] }) {
  if (hands.length === 0) return null;
  const most = 6;
  return (
    <div class="hands">
      <span class="hands-title">
        <Icon of={Hand} size={16} />
        {words.room.hands}
      </span>
      <ol>
        {hands.slice(0, most).map((person, i) => (
          <li key={person.id}>{words.room.handPlace(i + 1, person.display_name)}</li>
        ))}
      </ol>
      {hands.length > most && <span class="quiet">{words.room.more(hands.length - most)}</span>}
    </div>
  );
}
