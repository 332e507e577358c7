import { useClient } from "../client";
import type { ParticipantView } from "../contract/types";
import { useLoad, type Loaded } from "../net/use_load";

/** As many as one request gives: enough names for a timeline, a screenful for a list. */
const LIMIT = 100;

export function usePeople(sessionId: string): Loaded<ParticipantView[]> {
  const { rest } = useClient();
  return useLoad(
    async (signal) =>
      (await rest<ParticipantView[]>("GET", `/sessions/${sessionId}/participants`, { query: { limit: LIMIT }, signal }))
        .data,
    [sessionId],
  );
}
