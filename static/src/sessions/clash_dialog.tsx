import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { words } from "../words";
import { changesInWords } from "./changes";
import type { Draft } from "./form_model";
import { withFields, type Merged } from "./merge";

interface ClashDialogProps {
  mine: Draft;
  theirs: Draft;
  merged: Merged;
  /** With what is to be in the form from now on. */
  onSettle: (draft: Draft) => void;
}

/** Somebody else has changed the same meanwhile: what they made of it, what was made of it here, and which is to stay. */
export function ClashDialog({ mine, theirs, merged, onSettle }: ClashDialogProps) {
  const onlyClashes = (from: Draft, base: Draft): string[] =>
    changesInWords(base, withFields(base, from, merged.clashes));
  return (
    <Dialog
      title={words.form.clashTitle}
      actions={
        <>
          <Button onClick={() => onSettle(withFields(merged.draft, theirs, merged.clashes))}>
            {words.form.takeTheirs}
          </Button>
          <Button look="primary" onClick={() => onSettle(merged.draft)}>
            {words.form.keepMine}
          </Button>
        </>
      }
    >
      <p>{words.form.clashHint}</p>
      <dl class="clash">
        <dt>{words.form.theirs}</dt>
        {onlyClashes(theirs, mine).map((line) => (
          <dd key={line}>{line}</dd>
        ))}
        <dt>{words.form.mine}</dt>
        {onlyClashes(mine, theirs).map((line) => (
          <dd key={line}>{line}</dd>
        ))}
      </dl>
    </Dialog>
  );
}
