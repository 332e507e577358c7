// Whom one sees: somebody hidden is shown to hosts and to themselves only. Pure.

import type { ParticipantView, RoomState, Uuid } from "../contract/types";

/** The people of a room without those who are hidden from `me`. The same object if nobody is. */
export function seenBy(
  me: Uuid,
  audience: RoomState["audience"],
  participants: RoomState["participants"],
): RoomState["participants"] {
  if (audience === "hosts") return participants;
  const everybody = Object.values(participants);
  const isSeen = (each: ParticipantView): boolean => !each.is_hidden || each.id === me;
  if (everybody.every(isSeen)) return participants;
  return Object.fromEntries(everybody.filter(isSeen).map((each) => [each.id, each]));
}
