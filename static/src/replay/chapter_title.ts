// What a chapter is called.

import { sentenceOf, type Names } from "../history/sentences";
import { words } from "../words";
import type { Chapter } from "./chapters";

export function titleOf({ frame, count }: Chapter, names: Names): string {
  if (frame.type === "poll:created") return words.replay.asked(frame.data.poll.question);
  if (count > 1 || frame.type === "chat:sent") {
    if (frame.type === "participant:joined") return words.replay.cameIn(count);
    if (frame.type === "participant:left") return words.replay.left(count);
    if (frame.type === "participant:hand_raised") return words.replay.hands(count);
    if (frame.type === "chat:sent") return words.replay.messages(count);
  }
  return sentenceOf(frame, names) ?? "";
}
