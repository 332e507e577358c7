import { CalendarPlus, CircleAlert, Info } from "lucide";

import { Avatar } from "../design/avatar";
import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { Badge, Empty, Skeleton } from "../design/notice";
import { Progress } from "../design/progress";
import { Sample } from "./sample";

const STATUSES = ["active", "paused", "scheduled", "draft", "ended", "cancelled"];
const PEOPLE = ["Ana Lima", "Ben", "Chidi Okoro", "Dörte", "Eva Novak", "Farid", "Gus", "Hana Okafor"];

export function Notices() {
  return (
    <>
      <Sample title="Badges and people" isRow>
        {STATUSES.map((status) => (
          <Badge key={status} tone={status}>
            {status}
          </Badge>
        ))}
        <span class="badge">12</span>
        <span class="badge badge-strong">3</span>
      </Sample>
      <Sample title="Avatars" isRow>
        {PEOPLE.map((name, i) => (
          <Avatar key={name} id={`p${i}`} name={name} />
        ))}
        <Avatar id="small" name="Small One" size="small" />
        <Avatar id="broken" name="Broken Picture" image="data:," />
      </Sample>
      <Sample title="Remarks">
        <p class="remark">
          <Icon of={Info} />
          <span>It begins in 20 minutes.</span>
        </p>
        <p class="remark remark-problem">
          <Icon of={CircleAlert} />
          <span>The session is full. Ask the host for a place.</span>
        </p>
        <p class="bar bar-good">Caught up: 12 messages</p>
        <p class="bar bar-warning">Reconnecting…</p>
      </Sample>
      <Sample title="Progress and loading">
        <Progress label="Export" share={0.42} />
        <Progress label="Preparing" share={null} />
        <Skeleton lines={2} label="Loading" />
      </Sample>
      <Sample title="Nothing there">
        <Empty icon={CalendarPlus} title="No sessions yet" hint="Start one now or plan it for later.">
          <Button look="primary">New session</Button>
        </Empty>
      </Sample>
    </>
  );
}
