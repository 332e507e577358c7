import { CircleAlert, Plus, X } from "lucide";
import { useId, useLayoutEffect, useRef } from "preact/hooks";

import { Button, IconButton } from "../design/button";
import { TextField } from "../design/field";
import { Icon } from "../design/icon";
import { words } from "../words";
import {
  FEWEST_ANSWERS,
  MOST_ANSWERS,
  linesOf,
  problemsOf,
  withLines,
  withoutRow,
  withRow,
  withText,
  type Answers,
  type RowProblem,
} from "./poll_draft";

type Change = (before: Answers) => Answers;

interface PollAnswersProps {
  answers: Answers;
  /** Changes them as they are at that moment: keys may come faster than they are drawn. */
  onChange: (change: Change) => void;
  /** Somebody has tried to ask with fewer than it takes. */
  isTooFew: boolean;
}

/** The answers of a new poll, a row each. Enter goes to the next; Backspace in an empty one takes it away. */
export function PollAnswers({ answers, onChange, isTooFew }: PollAnswersProps) {
  const id = useId();
  const box = useRef<HTMLFieldSetElement>(null);
  /** The row that gets the focus once it is there. */
  const wanted = useRef<number | null>(null);
  const { rows, leftOut } = answers;
  const problems = problemsOf(answers);
  const missing = isTooFew ? rows.findIndex(({ text }) => !text.trim()) : -1;
  const isFull = rows.length >= MOST_ANSWERS;

  useLayoutEffect(() => {
    if (wanted.current === null) return;
    focus(wanted.current);
    wanted.current = null;
  });

  function focus(row: number): void {
    box.current?.querySelectorAll("input")[row]?.focus();
  }

  function put(change: Change, row: number): void {
    wanted.current = row;
    onChange(change);
  }

  function onKeyDown(event: KeyboardEvent, at: number): void {
    if (event.isComposing) return;
    const typed = (event.currentTarget as HTMLInputElement).value;
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const isWanting = at === rows.length - 1 && !isFull && typed.trim();
      if (isWanting) put(withRow, rows.length);
      else focus(at + 1);
    }
    if (event.key === "Backspace" && typed === "" && rows.length > FEWEST_ANSWERS) {
      event.preventDefault();
      put((before) => withoutRow(before, at), Math.max(0, at - 1));
    }
  }

  function onPaste(event: ClipboardEvent, at: number): void {
    const pasted = linesOf(event.clipboardData?.getData("text") ?? "");
    if (pasted.length < 2) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = event.currentTarget as HTMLInputElement;
    const [before, after] = [value.slice(0, selectionStart ?? value.length), value.slice(selectionEnd ?? value.length)];
    const lines = pasted.map((line, i) => (i === 0 ? before : "") + line + (i === pasted.length - 1 ? after : ""));
    const last = at + lines.length - 1 - withLines(answers, at, lines).leftOut;
    put((before) => withLines(before, at, lines), last);
  }

  return (
    <fieldset ref={box} class="poll-answers" aria-describedby={`${id}-hint`}>
      <legend class="field-label">{words.polls.answers}</legend>
      {rows.map((row, i) => (
        <TextField
          key={row.key}
          label={words.polls.answerAt(i + 1)}
          placeholder={words.polls.answerAt(i + 1)}
          hideLabel
          autoComplete="off"
          value={row.text}
          onText={(text) => onChange((before) => withText(before, i, text))}
          onKeyDown={(event) => onKeyDown(event, i)}
          onPaste={(event) => onPaste(event, i)}
          error={said(problems[i]) ?? (i === missing ? words.polls.fewAnswers : undefined)}
          end={
            rows.length > FEWEST_ANSWERS && (
              <IconButton
                icon={X}
                tip="left"
                class="input-end"
                label={words.polls.removeAnswer(i + 1)}
                onClick={() => put((before) => withoutRow(before, i), Math.min(i, rows.length - 2))}
              />
            )
          }
        />
      ))}
      {!isFull && (
        <Button look="quiet" size="small" icon={Plus} onClick={() => put(withRow, rows.length)}>
          {words.polls.addAnswer}
        </Button>
      )}
      <div role="status" id={`${id}-hint`}>
        {leftOut > 0 && (
          <p class="field-note field-error">
            <Icon of={CircleAlert} size={16} />
            <span>{words.polls.leftOut(leftOut)}</span>
          </p>
        )}
        <p class="field-note">{isFull ? words.polls.mostAnswers : words.polls.answersHint}</p>
      </div>
    </fieldset>
  );
}

function said(problem: RowProblem | null | undefined): string | undefined {
  if (!problem) return undefined;
  return problem.kind === "long" ? words.polls.longAnswer(problem.by) : words.polls.sameAnswer(problem.as);
}
