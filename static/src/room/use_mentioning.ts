import type { RefObject } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Mention, ParticipantView } from "../contract/types";
import { useNames } from "./mention_list";
import { typingAt, withName, type Typing } from "./mentions";

interface Mentioning {
  id: string;
  people: readonly ParticipantView[];
  current: number;
  /** Looks at what stands before the caret. */
  look: () => void;
  close: () => void;
  pick: (person: ParticipantView) => void;
  /** True if the key was for the list of names. */
  typed: (event: KeyboardEvent) => boolean;
}

/** Choosing a name after an @ in a text field. */
export function useMentioning(
  input: RefObject<HTMLTextAreaElement | null>,
  write: (text: string) => void,
  picked: (mention: Mention) => void,
): Mentioning {
  const id = useId();
  const [typing, setTyping] = useState<Typing | null>(null);
  const [at, setAt] = useState(0);
  const caret = useRef<number | null>(null);
  const people = useNames(typing?.query ?? null);
  const current = Math.min(at, people.length - 1);
  const close = (): void => setTyping(null);

  useLayoutEffect(() => {
    if (caret.current === null) return;
    input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  function pick(person: ParticipantView): void {
    const field = input.current;
    if (!field || !typing) return;
    const changed = withName(field.value, field.selectionStart, typing, person.display_name);
    caret.current = changed.caret;
    picked({ participant_id: person.id, display_name: person.display_name, is_erased: person.is_erased });
    write(changed.text);
    close();
  }

  function typed(event: KeyboardEvent): boolean {
    if (people.length === 0 || event.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const person = people[current];
    if (step) setAt((current + step + people.length) % people.length);
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && person) pick(person);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return {
    id,
    people,
    current,
    look: () => {
      const field = input.current;
      const found =
        field && field.selectionStart === field.selectionEnd ? typingAt(field.value, field.selectionStart) : null;
      if (found?.query !== typing?.query) setAt(0);
      setTyping(found);
    },
    close,
    pick,
    typed,
  };
}
