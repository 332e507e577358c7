import { Archive, UserRoundCheck } from "lucide";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

import type { Owned } from "../contract/types";
import { Button } from "../design/button";
import { Dialog } from "../design/dialog";
import { RadioCards, type RadioCard } from "../design/radio_cards";
import { words } from "../words";
import { OwnedList } from "./owned_list";

/** What becomes of the sessions that an account owns. */
export type Fate = "archive" | "reassign";

/** The same, as the server is told. */
export function fateOf(fate: Fate, successor: string): object {
  return fate === "archive" ? { archive: true } : { reassign_to: successor };
}

interface EraseFormProps {
  title: string;
  text: string;
  /** What the account owns, where it owns anything; its sessions' fate is asked for then. */
  owned: Pick<Owned, "sessions" | "total"> | null;
  ownsLabel: string;
  reassignHint: string;
  /** There is somebody who could take them over. */
  mayReassign: boolean;
  fate: Fate;
  onFate: (fate: Fate) => void;
  /** Where one says who takes them over. */
  successor: ComponentChildren;
  isBusy: boolean;
  onClose: () => void;
  onSend: () => void;
  /** What else has to be filled in. */
  children?: ComponentChildren;
}

/** The question before an account is deleted for good: one's own, or by administrators. */
export function EraseForm(props: EraseFormProps) {
  const { title, text, owned, ownsLabel, reassignHint, mayReassign, fate, onFate, successor } = props;
  const id = useId();
  const archive: RadioCard<Fate> = {
    value: "archive",
    name: words.leaving.archive,
    hint: words.leaving.archiveHint,
    icon: Archive,
  };
  const reassign: RadioCard<Fate> = {
    value: "reassign",
    name: words.leaving.reassign,
    hint: reassignHint,
    icon: UserRoundCheck,
  };
  return (
    <Dialog
      title={title}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{words.actions.cancel}</Button>
          <Button look="danger" type="submit" form={id} busy={props.isBusy}>
            {words.leaving.confirm}
          </Button>
        </>
      }
    >
      <form
        id={id}
        class="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          props.onSend();
        }}
      >
        <p class="quiet">{text}</p>
        <div role="status">{owned && <OwnedList owned={owned} label={ownsLabel} />}</div>
        {owned && (
          <RadioCards
            label={words.leaving.fate}
            value={fate}
            onChoose={onFate}
            cards={mayReassign ? [archive, reassign] : [archive]}
          />
        )}
        {owned && fate === "reassign" && successor}
        {props.children}
      </form>
    </Dialog>
  );
}
