// What is done to somebody, what is said of it, and how it is taken back. Pure, but for `useModeration`.

import { useClient } from "../client";
import type { ParticipantView, Role } from "../contract/types";
import type { Toasts } from "../design/toasts";
import { words } from "../words";
import { formatLanguage } from "../words/format";
import type { Say } from "../words/say";
import { useRoom } from "./room";

export type Act =
  | { verb: "mute" }
  | { verb: "unmute" }
  | { verb: "lower_hand" }
  | { verb: "set_role"; role: Role }
  | { verb: "set_visibility"; is_hidden: boolean }
  | { verb: "set_language"; language: string }
  | { verb: "kick"; reason?: string }
  | { verb: "ban"; reason?: string }
  | { verb: "approve" }
  | { verb: "reject" };

/** Somebody as far as an act and its undoing go: in the room, or waiting for it. */
export type Target = Pick<ParticipantView, "id" | "display_name"> &
  Partial<Pick<ParticipantView, "role" | "language" | "is_hidden">>;

/** What takes an act back, given somebody as they were before; null where only they themselves could. */
export function undoOf(act: Act, before: Target): Act | { verb: "unban" } | null {
  switch (act.verb) {
    case "mute":
      return { verb: "unmute" };
    case "unmute":
      return { verb: "mute" };
    case "set_role":
      return before.role ? { verb: "set_role", role: before.role } : null;
    case "set_visibility":
      return { verb: "set_visibility", is_hidden: !act.is_hidden };
    case "set_language":
      return before.language ? { verb: "set_language", language: before.language } : null;
    case "kick":
    case "reject":
      return { verb: "approve" };
    case "ban":
      return { verb: "unban" };
    default:
      return null;
  }
}

/** What has been done, as a toast says it. */
export function saidOf(act: Act, name: string): string {
  switch (act.verb) {
    case "mute":
      return words.people.mutedToast(name);
    case "unmute":
      return words.people.unmutedToast(name);
    case "lower_hand":
      return words.people.handLowered(name);
    case "set_role":
      return words.people.roleChanged(name, words.rolesAs[act.role]);
    case "set_visibility":
      return act.is_hidden ? words.people.hiddenToast(name) : words.people.shownToast(name);
    case "set_language":
      return words.people.languageChanged(name, formatLanguage(act.language));
    case "kick":
      return words.people.kicked(name);
    case "ban":
      return words.people.banned(name);
    case "approve":
      return words.waitingRoom.admitted(name);
    case "reject":
      return words.waitingRoom.declined(name);
  }
}

/**
 * Says what was done. With `takeBack`, the note offers it, and another says when that has happened: what holds now where
 * that is not simply as it was. Notes `about` the same take the place of one another.
 */
export function tellWithUndo(
  toasts: Toasts,
  said: Say,
  takeBack: (() => Promise<boolean>) | null,
  holdsNow: Say = () => words.people.undone(said()),
  about?: string,
): void {
  if (!takeBack) return toasts.tell(said, undefined, about);
  const run = async (): Promise<void> => {
    if (await takeBack()) toasts.tell(holdsNow, undefined, about);
  };
  toasts.tell(said, { label: () => words.actions.undo, run: () => void run(), isUndo: true }, about);
}

/** Does something to somebody, says so, and offers to take it back where that is possible. */
export function useModeration(): (person: Target, act: Act) => Promise<boolean> {
  const { toasts } = useClient();
  const room = useRoom();
  const order = (id: string, { verb, ...fields }: Act | { verb: "unban" }): Promise<boolean> =>
    room.order(`participant:${verb}`, { participant_id: id, ...fields });

  return async (person, act) => {
    const isDone = await order(person.id, act);
    if (!isDone) return false;
    const said = (): string => saidOf(act, person.display_name);
    const undo = undoOf(act, person);
    // Who was sent away is not brought back: they may come, and have to do it themselves.
    const mayCome = undo?.verb === "approve" || undo?.verb === "unban";
    const holdsNow = mayCome ? (): string => words.people.mayCome(person.display_name) : undefined;
    // What no longer holds is not offered to be taken back.
    const about = `${person.id} ${act.verb === "unmute" ? "mute" : act.verb}`;
    tellWithUndo(toasts, said, undo && (() => order(person.id, undo)), holdsNow, about);
    return true;
  };
}
