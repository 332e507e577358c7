// Short notes that come and go, with an undo where there is one.

import { signal, type ReadonlySignal } from "@preact/signals";

import type { Say } from "../words/say";

/** What a note offers to do. */
export interface ToastAction {
  label: Say;
  run: () => void;
  /** It takes back what was done: the palette and the keyboard offer it as well. */
  isUndo?: boolean;
  /** It can no longer be done, so that the note has nothing more to say. Read while drawing. */
  isOver?: () => boolean;
}

export interface Toast {
  id: number;
  say: Say;
  tone: "plain" | "problem";
  action?: ToastAction;
  about?: string;
}

export interface Toasts {
  list: ReadonlySignal<readonly Toast[]>;
  /** A note takes the place of an earlier one that says the same, or is `about` the same. */
  tell: (say: Say, action?: ToastAction, about?: string) => void;
  /** Says what went wrong, in the words of the error. */
  complain: (error: unknown) => void;
  dismiss: (id: number) => void;
}

const MOST = 3;

export function createToasts(unexpected: Say): Toasts {
  const list = signal<readonly Toast[]>([]);
  let next = 1;

  function show(toast: Omit<Toast, "id">): void {
    const isNews = (each: Toast): boolean =>
      each.say() !== toast.say() && (each.about === undefined || each.about !== toast.about);
    const others = list.peek().filter(isNews);
    list.value = [...others, { ...toast, id: next }].slice(-MOST);
    next += 1;
  }

  return {
    list,
    tell: (say, action, about) => show({ say, tone: "plain", ...(action && { action }), ...(about && { about }) }),
    complain: (error) => show({ say: () => (error instanceof Error ? error.message : unexpected()), tone: "problem" }),
    dismiss: (id) => (list.value = list.peek().filter((each) => each.id !== id)),
  };
}
