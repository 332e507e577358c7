import { useLayoutEffect } from "preact/hooks";

import { useClient } from "../client";
import type { Command } from "./commands";
import { isAlone, isPressed, isWriting } from "./keys";

/** Listens for the keys of all commands that are offered. What lies over the page has the keys to itself. */
export function useShortcuts(): void {
  const { commands } = useClient();
  useLayoutEffect(() => {
    const isFree = (command: Command, event: KeyboardEvent): boolean =>
      !isAlone(command.keys ?? "") || (commands.hasSingleKeys.peek() && !isWriting(event.target));
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (document.querySelector("dialog[open]")) return;
      const command = commands.list
        .peek()
        .find((each) => each.keys && isPressed(each.keys, event) && isFree(each, event));
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
