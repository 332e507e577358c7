// Muting everybody at once, which can be taken back for just those whom it muted.

import { useClient } from "../client";
import type { MassResult } from "../contract/types";
import { words } from "../words";
import { tellWithUndo } from "./moderation";
import { useRoom } from "./room";

type Verb = "mute_all" | "unmute_all";

const BACK: Record<Verb, Verb> = { mute_all: "unmute_all", unmute_all: "mute_all" };

export function useMuteAll(): { mute: () => Promise<void>; unmute: () => Promise<void> } {
  const { toasts } = useClient();
  const room = useRoom();

  async function all(verb: Verb): Promise<void> {
    try {
      const { data } = await room.call<MassResult>(`participant:${verb}`);
      const { participant_ids } = data;
      const said = (): string => words.room[verb === "mute_all" ? "mutedAll" : "unmutedAll"](participant_ids.length);
      const undo = (): Promise<boolean> => room.order(`participant:${BACK[verb]}`, { participant_ids });
      tellWithUndo(toasts, said, participant_ids.length > 0 ? undo : null);
    } catch (error) {
      toasts.complain(error);
    }
  }

  return { mute: () => all("mute_all"), unmute: () => all("unmute_all") };
}
