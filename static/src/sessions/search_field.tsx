import { Search as SearchIcon } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";

import { TextField } from "../design/field";
import { Icon } from "../design/icon";
import { words } from "../words";

const PAUSE_MS = 200;

interface SearchFieldProps {
  text: string;
  onText: (text: string) => void;
  /** What is searched, and what one may type; the sessions if left out. */
  label?: string;
  hint?: string;
}

/** Searches while one types, after a short pause; what is typed is never overwritten by what was found. */
export function SearchField({ text, onText, label, hint }: SearchFieldProps) {
  const [typed, setTyped] = useState(text);
  const asked = useRef(text);

  useEffect(() => {
    if (typed === asked.current) return undefined;
    const timer = setTimeout(() => {
      asked.current = typed;
      onText(typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    if (text === asked.current.trim()) return;
    // Not what was asked for here: cleared, or another address.
    asked.current = text;
    setTyped(text);
  }, [text]);

  return (
    <div class="search-field">
      <Icon of={SearchIcon} size={16} />
      <TextField
        label={label ?? words.sessions.search}
        hideLabel
        type="search"
        autoComplete="off"
        placeholder={hint ?? words.sessions.searchHint}
        maxLength={200}
        value={typed}
        onText={setTyped}
      />
    </div>
  );
}
