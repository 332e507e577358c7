import { ChartBar, Plus } from "lucide";
import { useState } from "preact/hooks";

import { useClient } from "../client";
import { Button } from "../design/button";
import { TextArea, TextField, Toggle } from "../design/field";
import { Empty } from "../design/notice";
import { words } from "../words";
import { PollCard } from "./poll_card";
import { optionsIn, pollOrder } from "./polls";
import { usePart, useRights, useRoom } from "./room";

export function PollsPanel() {
  const { rights } = useRights();
  const allowsPolls = usePart(({ session }) => session.settings.allow_polls);
  const [isAsking, setAsking] = useState(false);
  const polls = pollOrder(Object.values(usePart((state) => state.polls)));
  const mayAsk = allowsPolls && rights.permissions.has("poll:create");

  return (
    <div class="polls">
      {isAsking && <AskForm onDone={() => setAsking(false)} />}
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

function AskForm({ onDone }: { onDone: () => void }) {
  const { toasts } = useClient();
  const room = useRoom();
  const [question, setQuestion] = useState("");
  const [answers, setAnswers] = useState("");
  const [isMultiple, setMultiple] = useState(false);
  const [isTried, setTried] = useState(false);
  const { options, error } = optionsIn(answers);

  async function ask(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (error || !question.trim()) return;
    try {
      await room.polls.ask({ question: question.trim(), options, is_multiple: isMultiple });
      onDone();
    } catch (problem) {
      toasts.complain(problem);
    }
  }

  return (
    <form class="poll" noValidate onSubmit={(event) => void ask(event)}>
      <TextField
        label={words.polls.question}
        placeholder={words.polls.questionHint}
        maxLength={300}
        autoComplete="off"
        autoFocus
        value={question}
        onText={setQuestion}
        error={isTried && !question.trim() ? words.polls.needQuestion : undefined}
      />
      <TextArea
        label={words.polls.answers}
        hint={words.polls.answersHint}
        rows={4}
        value={answers}
        onText={setAnswers}
        error={isTried && error ? words.polls.wrongAnswers[error] : undefined}
      />
      <Toggle label={words.polls.multiple} checked={isMultiple} onToggle={setMultiple} />
      <div class="poll-actions">
        <Button onClick={onDone}>{words.actions.cancel}</Button>
        <Button type="submit" look="primary">
          {words.polls.ask}
        </Button>
      </div>
    </form>
  );
}
