import { CircleAlert, Clock, DoorOpen, Globe, Hourglass, Info, Radio, UserCheck, Users } from "lucide";
import type { IconNode } from "lucide";

import { useClient } from "../client";
import type { PreviewSession, SessionPreview } from "../contract/types";
import { Icon } from "../design/icon";
import { Badge } from "../design/notice";
import { useNow } from "../room/clock";
import { words } from "../words";
import { formatClock, formatLanguage, formatLength, formatMoment } from "../words/format";
import { changesByItself, opening, remarksOn, type Remark, type Tone } from "./restrictions";

/** From an hour on it is counted down; before that words say it better. */
const COUNTED_S = 3_600;

interface PreviewProps {
  preview: SessionPreview;
  session: PreviewSession;
  /** Whether it is what the page is about. */
  isHeading: boolean;
}

/** What a session is, who is in, and everything that one should know before going in. */
export function PreviewCard({ preview, session, isHeading }: PreviewProps) {
  const Title = isHeading ? "h1" : "h2";
  const opens = opening(preview);
  const remarks = remarksOn(preview);
  return (
    <section class="preview">
      <div class="preview-head">
        <Badge tone={session.status}>{words.statuses[session.status]}</Badge>
        <span class="quiet">{words.kinds[session.kind].name}</span>
      </div>
      <Title class="preview-title" tabIndex={-1}>
        {session.title}
      </Title>
      <p class="quiet">{words.join.host(session.host_name)}</p>
      <Facts session={session} preview={preview} notes={remarks.filter((remark) => !standsOut(remark))} />
      <div class="remarks" aria-live="polite">
        {remarks.filter(standsOut).map((remark) => (
          <RemarkLine key={remark.code} remark={remark} />
        ))}
      </div>
      {opens && <Countdown opens={opens} />}
      {changesByItself(preview) && <p class="quiet preview-stay">{words.join.stay}</p>}
    </section>
  );
}

const NOTE_ICONS: Record<string, IconNode> = { APPROVAL_REQUIRED: UserCheck, NOT_STARTED: Hourglass };
const ICONS: Record<Tone, IconNode> = { problem: CircleAlert, wait: Hourglass, note: Info };

/** What keeps one out, and what one has to agree to; the rest is good to know. */
function standsOut({ tone, code }: Remark): boolean {
  return tone !== "note" || code === "RECORDING";
}

function RemarkLine({ remark }: { remark: Remark }) {
  return (
    <p class={`remark remark-${remark.tone}`}>
      <Icon of={remark.code === "RECORDING" ? Radio : ICONS[remark.tone]} />
      <span>{remark.text}</span>
    </p>
  );
}

/** Runs beside the sentence that is read out, which says the moment itself. */
function Countdown({ opens }: { opens: string }) {
  const left = Math.max(0, (Date.parse(opens) - useNow(1_000)) / 1000);
  return (
    <p class="countdown" role="timer">
      <span class="quiet">{words.join.opensIn}</span>
      <strong>{left < COUNTED_S ? formatClock(Math.ceil(left)) : formatLength(left)}</strong>
    </p>
  );
}

interface FactsProps {
  session: PreviewSession;
  preview: SessionPreview;
  notes: readonly Remark[];
}

function Facts({ session, preview, notes }: FactsProps) {
  const isGuest = useClient().account.user.value === null;
  const now = useNow(1_000);
  const isOver = session.status === "ended" || session.status === "cancelled";
  const languages = [...new Set([session.original_language, ...session.available_languages])];
  return (
    <ul class="facts">
      {session.start_time && session.status === "scheduled" && (
        <Fact icon={Clock} text={`${formatMoment(session.start_time)} · ${startsIn(session.start_time, now)}`} />
      )}
      {!isOver && <Fact icon={Users} text={words.join.inNow(preview.participant_count, preview.max_participants)} />}
      {!isOver && isGuest && session.allow_guests && <Fact icon={DoorOpen} text={words.join.guests} />}
      {notes.map(({ code, text }) => (
        <Fact key={code} icon={NOTE_ICONS[code] ?? Info} text={text} />
      ))}
      {!isOver && !session.is_recording && session.recording_consent && (
        <Fact icon={Radio} text={words.join.recordingAsks} />
      )}
      {languages.length > 1 && <Fact icon={Globe} text={languages.map(formatLanguage).join(", ")} />}
    </ul>
  );
}

function Fact({ icon, text }: { icon: IconNode; text: string }) {
  return (
    <li>
      <Icon of={icon} size={16} />
      <span>{text}</span>
    </li>
  );
}

export function startsIn(startTime: string, now: number): string {
  const seconds = (Date.parse(startTime) - now) / 1000;
  return seconds >= 0
    ? words.time.startsIn(formatLength(seconds))
    : words.time.shouldHaveStarted(formatLength(-seconds));
}
