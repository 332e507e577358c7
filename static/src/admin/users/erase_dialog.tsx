import { useState } from "preact/hooks";

import { EraseForm, fateOf, type Fate } from "../../account/erase_form";
import { useClient } from "../../client";
import type { MemberView, Owned } from "../../contract/types";
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
  const [fate, setFate] = useState<Fate>("archive");
  const [successor, setSuccessor] = useState("");
  const [error, setError] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);

  async function erase(): Promise<void> {
    const hasNobody = owned !== null && fate === "reassign" && !successor;
    setError(hasNobody ? words.admin.users.needSuccessor : undefined);
    if (hasNobody) return;
    setBusy(true);
    try {
      await rest("DELETE", `/users/${user.id}`, { body: owned ? fateOf(fate, successor) : {} });
      toasts.tell(() => words.admin.users.erased(user.display_name));
      onErased();
    } catch (problem) {
      if (problem instanceof ConveneError && problem.code === "OWNS_SESSIONS") setOwned(problem.details as Sessions);
      else toasts.complain(problem);
      setBusy(false);
    }
  }

  return (
    <EraseForm
      title={words.admin.users.eraseTitle(user.display_name)}
      text={words.admin.users.eraseAsk}
      owned={owned}
      ownsLabel={words.admin.users.owns(user.display_name, owned?.total ?? 0)}
      reassignHint={words.admin.users.reassignHint}
      mayReassign
      fate={fate}
      onFate={setFate}
      successor={
        <SuccessorField
          leaving={user}
          value={successor}
          error={error}
          onChoose={(id) => {
            setSuccessor(id);
            setError(undefined);
          }}
        />
      }
      isBusy={isBusy}
      onClose={onClose}
      onSend={() => void erase()}
    />
  );
}
