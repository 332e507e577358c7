// What can be done from anywhere by typing its name or pressing a key. Every page adds what it has to offer.

import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { IconNode } from "lucide";
import { useEffect, useId } from "preact/hooks";

import { useClient } from "../client";

/** In the order of the palette. */
export const GROUPS = ["room", "go", "sessions", "page", "appearance", "language", "account"] as const;
export type Group = (typeof GROUPS)[number];

export interface Command {
  id: string;
  group: Group;
  title: string;
  icon?: IconNode;
  /** Other words it is found by. */
  also?: string;
  /** A key that does it, such as "mod+k" or "h". */
  keys?: string;
  run: () => void;
}

export interface Commands {
  list: ReadonlySignal<readonly Command[]>;
  /** What `owner` offers from now on, in place of what it offered before; returns how to take it back. */
  offer: (owner: string, commands: readonly Command[]) => void;
  withdraw: (owner: string) => void;
  /** What lies over the page at the moment. */
  shown: ReadonlySignal<"palette" | "shortcuts" | null>;
  show: (what: "palette" | "shortcuts" | null) => void;
  /** Whether keys without Control or Command do something: who dictates or types blindly can turn them off. */
  hasSingleKeys: ReadonlySignal<boolean>;
  setSingleKeys: (isOn: boolean) => void;
}

const KEY = "convene:single-keys";

export function createCommands(storage: Pick<Storage, "getItem" | "setItem"> = localStorage): Commands {
  const offers = signal<ReadonlyMap<string, readonly Command[]>>(new Map());
  const shown = signal<"palette" | "shortcuts" | null>(null);
  const hasSingleKeys = signal(storage.getItem(KEY) !== "off");
  const change = (work: (next: Map<string, readonly Command[]>) => void): void => {
    const next = new Map(offers.peek());
    work(next);
    offers.value = next;
  };
  return {
    list: computed(() => GROUPS.flatMap((group) => inGroup(group, [...offers.value.values()].flat()))),
    offer: (owner, commands) => change((next) => next.set(owner, commands)),
    withdraw: (owner) => change((next) => next.delete(owner)),
    shown,
    show: (what) => void (shown.value = what),
    hasSingleKeys,
    setSingleKeys: (isOn) => {
      hasSingleKeys.value = isOn;
      storage.setItem(KEY, isOn ? "on" : "off");
    },
  };
}

function inGroup(group: Group, commands: readonly Command[]): Command[] {
  return commands.filter((command) => command.group === group);
}

/** Offers these for as long as the view is drawn. */
export function useCommands(offered: readonly Command[]): void {
  const { commands } = useClient();
  const owner = useId();
  // After every drawing: what a command does may hang on what was drawn.
  useEffect(() => commands.offer(owner, offered));
  useEffect(() => () => commands.withdraw(owner), []);
}
