import { CircleAlert, Clock, DoorOpen, Globe, Info, Radio, UserCheck, Users } from "lucide";
import type { IconNode } from "lucide";

import type { PreviewSession, SessionPreview } from "../contract/types";
import { Icon } from "../design/icon";
import { Badge } from "../design/notice";
import { useNow } from "../room/clock";
import { words } from "../words";
import { formatLength, formatMoment } from "../words/format";

export function PreviewCard({ preview }: { preview: SessionPreview }) {
  const { session, errors, warnings } = preview;
  return (
    <section class="preview" aria-live="polite">
      {session && (
        <>
          <div class="preview-head">
            <Badge tone={session.status}>{words.statuses[session.status]}</Badge>
            <span class="quiet">{words.kinds[session.kind].name}</span>
          </div>
          <h2 class="preview-title">{session.title}</h2>
          <p class="quiet">{words.join.host(session.host_name)}</p>
          <Facts session={session} preview={preview} />
        </>
      )}
      {errors.map((issue) => (
        <p key={issue.code} class="remark remark-problem">
          <Icon of={CircleAlert} />
          <span>{readable(issue.message)}</span>
        </p>
      ))}
      {warnings.map((issue) => (
        <p key={issue.code} class="remark">
          <Icon of={Info} />
          <span>{readable(issue.message)}</span>
        </p>
      ))}
    </section>
  );
}

const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** The server's sentence, with its times as people here read them. */
function readable(message: string): string {
  return message.replace(INSTANT, (instant) => formatMoment(instant));
}

function Facts({ session, preview }: { session: PreviewSession; preview: SessionPreview }) {
  const now = useNow(30_000);
  return (
    <ul class="facts">
      {session.start_time && session.status === "scheduled" && (
        <Fact icon={Clock} text={`${formatMoment(session.start_time)} · ${startsIn(session.start_time, now)}`} />
      )}
      <Fact icon={Users} text={words.join.inNow(preview.participant_count, preview.max_participants)} />
      <Fact
        icon={session.allow_guests ? DoorOpen : UserCheck}
        text={session.allow_guests ? words.join.guests : words.join.accountsOnly}
      />
      {!session.is_recording && session.recording_consent && <Fact icon={Radio} text={words.join.recordingAsks} />}
      {session.available_languages.length > 1 && <Fact icon={Globe} text={session.available_languages.join(", ")} />}
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
