import { Check } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { PollView } from "../contract/types";
import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { words } from "../words";
import { formatShare } from "../words/format";
import { shareOf } from "./polls";
import { useInside } from "./room";

/** One poll: to vote in as long as it is open, and with what has come of it. */
export function PollCard({ poll }: { poll: PollView }) {
  const { toasts } = useClient();
  const { room, state, rights } = useInside();
  const mine = room.polls.votes.value[poll.id];
  const [isChanging, setChanging] = useState(false);
  const isOpen = poll.closed_at === null && state.session.status === "active";
  const isVoting = isOpen && rights.permissions.has("poll:vote") && (!mine || isChanging);

  return (
    <article class="poll">
      <h2>{poll.question}</h2>
      {isVoting ? (
        <Ballot poll={poll} mine={mine ?? []} onDone={() => setChanging(false)} />
      ) : (
        <Results poll={poll} mine={mine ?? []} />
      )}
      <footer class="poll-foot">
        <span class="quiet" role="status">
          {words.polls.voters(poll.voters)}
          {poll.closed_at && ` · ${words.polls.closed}`}
        </span>
        {isOpen && mine && !isChanging && (
          <Button size="small" look="quiet" onClick={() => setChanging(true)}>
            {words.polls.change}
          </Button>
        )}
        {poll.closed_at === null && rights.permissions.has("poll:close") && (
          <Button size="small" onClick={() => void room.polls.close(poll.id).catch(toasts.complain)}>
            {words.polls.close}
          </Button>
        )}
      </footer>
    </article>
  );
}

interface BallotProps {
  poll: PollView;
  mine: readonly number[];
  onDone: () => void;
}

function Ballot({ poll, mine, onDone }: BallotProps) {
  const { toasts } = useClient();
  const { room } = useInside();
  const [choices, setChoices] = useState<readonly number[]>(mine);

  function choose(option: number, isChosen: boolean): void {
    if (!poll.is_multiple) setChoices([option]);
    else setChoices(isChosen ? [...choices, option] : choices.filter((each) => each !== option));
  }

  async function vote(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    try {
      await room.polls.vote(poll.id, [...choices].sort());
      onDone();
    } catch (error) {
      toasts.complain(error);
    }
  }

  return (
    <form onSubmit={(event) => void vote(event)}>
      <fieldset class="ballot">
        <legend class="sr-only">{poll.question}</legend>
        {poll.options.map((text, option) => (
          <label key={option} class="ballot-option">
            <input
              type={poll.is_multiple ? "checkbox" : "radio"}
              name={poll.id}
              checked={choices.includes(option)}
              onChange={(event) => choose(option, event.currentTarget.checked)}
            />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      <Button type="submit" look="primary" size="small" disabled={choices.length === 0}>
        {words.polls.vote}
      </Button>
    </form>
  );
}

function Results({ poll, mine }: { poll: PollView; mine: readonly number[] }) {
  return (
    <ul class="results">
      {poll.options.map((text, option) => (
        <li key={option} class="result">
          <p class="result-text">
            <span>{text}</span>
            {mine.includes(option) && <Icon of={Check} size={16} label={words.polls.mine} />}
            <span class="result-count">
              {words.polls.votes(poll.counts[option] ?? 0)} · {formatShare(shareOf(poll, option))}
            </span>
          </p>
          <span class="result-bar" style={{ "--share": String(shareOf(poll, option)) }} />
        </li>
      ))}
    </ul>
  );
}
