import { Archive, UserRoundCheck } from "lucide";
import { useState } from "preact/hooks";

import { OwnedList } from "../../account/owned_list";
import { useClient } from "../../client";
import type { MemberView, Owned } from "../../contract/types";
import { Button } from "../../design/button";
import { Dialog } from "../../design/dialog";
import { RadioCards } from "../../design/radio_cards";
import { ConveneError } from "../../net/error";
import { words } from "../../words";
import { SuccessorField } from "./successor_field";

interface EraseDialogProps {
  user: MemberView;
  onClose: () => void;
  onErased: () => void;
}

type Sessions = Pick<Owned, "sessions" | "total">;

/** Deletes an account for good; if it owns sessions, once it is said what becomes of them. */
export function EraseDialog({ user, onClose, onErased }: EraseDialogProps) {
  const { rest, toasts } = useClient();
  const [owned, setOwned] = useState<Sessions | null>(null);
  const [fate, setFate] = useState<"archive" | "reassign">("archive");
  const [successor, setSuccessor] = useState("");
  const [error, setError] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);

  async function erase(): Promise<void> {
    const hasNobody = owned !== null && fate === "reassign" && !successor;
    setError(hasNobody ? words.admin.users.needSuccessor : undefined);
    if (hasNobody) return;
    setBusy(true);
    const what = fate === "archive" ? { archive: true } : { reassign_to: successor };
    try {
      await rest("DELETE", `/users/${user.id}`, { body: owned ? what : {} });
      toasts.tell(() => words.admin.users.erased(user.display_name));
      onErased();
    } catch (problem) {
      if (problem instanceof ConveneError && problem.code === "OWNS_SESSIONS") setOwned(problem.details as Sessions);
      else toasts.complain(problem);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={words.admin.users.eraseTitle(user.display_name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button look="danger" type="submit" form="erase-account" busy={isBusy}>
            {words.leaving.confirm}
          </Button>
        </>
      }
    >
      <form
        id="erase-account"
        class="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void erase();
        }}
      >
        <p>{words.admin.users.eraseAsk}</p>
        <div role="status">
          {owned && <OwnedList owned={owned} label={words.admin.users.owns(user.display_name, owned.total)} />}
        </div>
        {owned && (
          <RadioCards
            label={words.leaving.fate}
            value={fate}
            onChoose={setFate}
            cards={[
              { value: "archive", name: words.leaving.archive, hint: words.leaving.archiveHint, icon: Archive },
              {
                value: "reassign",
                name: words.leaving.reassign,
                hint: words.admin.users.reassignHint,
                icon: UserRoundCheck,
              },
            ]}
          />
        )}
        {owned && fate === "reassign" && (
          <SuccessorField
            leaving={user}
            value={successor}
            error={error}
            onChoose={(id) => {
              setSuccessor(id);
              setError(undefined);
            }}
          />
        )}
      </form>
    </Dialog>
  );
}
