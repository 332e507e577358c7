import { useState } from "preact/hooks";

import { useClient } from "../client";
import { Button } from "../design/button";
import { TextField, Toggle } from "../design/field";
import { words } from "../words";
import { PollAnswers } from "./poll_answers";
import { FEWEST_ANSWERS, NO_ANSWERS, optionsOf, problemsOf } from "./poll_draft";
import { useRoom } from "./room";

/** Asks the room. What is wrong is said when one tries, and from then on as one types. */
export function PollForm({ onDone }: { onDone: () => void }) {
  const { toasts } = useClient();
  const room = useRoom();
  const [question, setQuestion] = useState("");
  const [answers, setAnswers] = useState(NO_ANSWERS);
  const [isMultiple, setMultiple] = useState(false);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const options = optionsOf(answers);
  const isTooFew = options.length < FEWEST_ANSWERS;

  async function ask(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!question.trim() || isTooFew || problemsOf(answers).some(Boolean)) {
      const form = event.currentTarget as HTMLFormElement;
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    setBusy(true);
    try {
      await room.polls.ask({ question: question.trim(), options, is_multiple: isMultiple });
      onDone();
    } catch (problem) {
      toasts.complain(problem);
      setBusy(false);
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
      <PollAnswers answers={answers} onChange={setAnswers} isTooFew={isTried && isTooFew} />
      <Toggle label={words.polls.multiple} checked={isMultiple} onToggle={setMultiple} />
      <div class="poll-actions">
        <Button onClick={onDone}>{words.actions.cancel}</Button>
        <Button type="submit" look="primary" busy={isBusy}>
          {words.polls.ask}
        </Button>
      </div>
    </form>
  );
}
