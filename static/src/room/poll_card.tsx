import { Check } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import type { PollView } from "../contract/types";
import { Button } from "../design/button";
import { Icon } from "../design/icon";
import { words } from "../words";
import { formatShare } from "../words/format";
import { shareOf } from "./polls";
import { usePart, useRights, useRoom } from "./room";

/** One poll: to vote in as long as it is open, and with what has come of it. */
export function PollCard({ poll }: { poll: PollView }) {
  const { toasts } = useClient();
  const room = useRoom();
  const { rights } = useRights();
  const status = usePart(({ session }) => session.status);
  const mine = room.polls.votes.value[poll.id];
  const [isChanging, setChanging] = useState(false);
  const [isLooking, setLooking] = useState(false);
  const isOpen = poll.closed_at === null && status === "active";
  const mayClose = rights.permissions.has("poll:close");
  const isAsked = isOpen && rights.permissions.has("poll:vote") && (!mine || isChanging);
  // Whoever closes it need not have voted to see whether it is time.
  const isVoting = isAsked && !(mayClose && isLooking);

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
        {isAsked && mayClose && !mine && (
          <Button size="small" look="quiet" onClick={() => setLooking(!isLooking)}>
            {isLooking ? words.polls.toBallot : words.polls.look}
          </Button>
        )}
        {isOpen && mine && !isChanging && (
          <Button size="small" look="quiet" onClick={() => setChanging(true)}>
            {words.polls.change}
          </Button>
        )}
        {poll.closed_at === null && mayClose && (
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
  const room = useRoom();
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

/** Bars to look at, which are the rows of a table to those who are read to. */
export function Results({ poll, mine }: { poll: PollView; mine: readonly number[] }) {
  const most = Math.max(...poll.counts, 1);
  return (
    <table class="results">
      <caption class="sr-only">{words.polls.results(poll.question)}</caption>
      <thead class="sr-only">
        <tr>
          <th scope="col">{words.polls.answer}</th>
          <th scope="col">{words.polls.share}</th>
        </tr>
      </thead>
      <tbody>
        {poll.options.map((text, option) => (
          <tr key={option} class={`result ${poll.counts[option] === most ? "result-first" : ""}`}>
            <th scope="row" dir="auto">
              {text}
              {mine.includes(option) && <Icon of={Check} size={16} label={words.polls.mine} />}
            </th>
            <td class="result-count">
              {words.polls.votes(poll.counts[option] ?? 0)} · {formatShare(shareOf(poll, option))}
            </td>
            <td class="result-bar" aria-hidden="true" style={{ "--share": String(shareOf(poll, option)) }} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
