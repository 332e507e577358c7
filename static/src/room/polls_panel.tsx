import { ChartBar, Plus } from "lucide";
import { useState } from "preact/hooks";

import { Button } from "../design/button";
import { Empty } from "../design/notice";
import { words } from "../words";
import { PollCard } from "./poll_card";
import { PollForm } from "./poll_form";
import { pollOrder } from "./polls";
import { usePart, useRights } from "./room";

export function PollsPanel() {
  const { rights } = useRights();
  const allowsPolls = usePart(({ session }) => session.settings.allow_polls);
  const [isAsking, setAsking] = useState(false);
  const polls = pollOrder(Object.values(usePart((state) => state.polls)));
  const mayAsk = allowsPolls && rights.permissions.has("poll:create");

  return (
    <div class="polls">
      {isAsking && <PollForm onDone={() => setAsking(false)} />}
      {mayAsk && !isAsking && (
        <Button icon={Plus} onClick={() => setAsking(true)}>
          {words.polls.new}
        </Button>
      )}
      {polls.length === 0 && !isAsking && (
        <Empty
          icon={ChartBar}
          title={words.polls.emptyTitle}
          hint={mayAsk ? words.polls.emptyHintHost : words.polls.emptyHint}
        />
      )}
      {polls.map((poll) => (
        <PollCard key={poll.id} poll={poll} />
      ))}
    </div>
  );
}
