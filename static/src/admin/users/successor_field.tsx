import { useState } from "preact/hooks";

import { useClient } from "../../client";
import type { MemberView } from "../../contract/types";
import { Select, TextField } from "../../design/field";
import { useLoad } from "../../net/use_load";
import { words } from "../../words";

interface SuccessorFieldProps {
  /** Whose sessions they are. */
  leaving: MemberView;
  /** The account's id; empty where none is chosen. */
  value: string;
  error: string | undefined;
  onChoose: (id: string) => void;
}

const OFFERED = 50;

/** Finds the account that takes sessions over. */
export function SuccessorField({ leaving, value, error, onChoose }: SuccessorFieldProps) {
  const { rest, toasts } = useClient();
  const [q, setQ] = useState("");
  const [chosen, setChosen] = useState<MemberView | null>(null);
  const found = useLoad(
    async (signal) => {
      const query = { ...(q.trim() && { q: q.trim() }), status: "active", limit: OFFERED };
      return (await rest<{ users: MemberView[] }>("GET", "/users", { query, signal })).data.users;
    },
    [q.trim()],
  );
  const others = (found.data ?? []).filter(({ id }) => id !== leaving.id && id !== chosen?.id);
  const offered = chosen ? [chosen, ...others] : others;

  function choose(id: string): void {
    setChosen(offered.find((each) => each.id === id) ?? null);
    onChoose(id);
  }

  if (found.error) toasts.complain(found.error);
  return (
    <>
      <TextField
        label={words.admin.users.search}
        type="search"
        placeholder={words.admin.users.searchHint}
        value={q}
        onText={setQ}
      />
      <Select
        label={words.leaving.successor}
        value={value}
        error={error}
        options={[
          { value: "", label: words.admin.users.chooseSuccessor },
          ...offered.map(({ id, display_name, email }) => ({ value: id, label: `${display_name} (${email})` })),
        ]}
        onChoose={choose}
      />
    </>
  );
}
