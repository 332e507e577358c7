import { useEffect } from "preact/hooks";

import { alongLine } from "../design/direction";
import { actOf, isTaken } from "./keys";
import { neighbour } from "./chapters";
import type { Replay } from "./replay";

/** After the page was hidden for a while, what it missed is not made up for. */
const LONGEST_FRAME_MS = 250;

/** Lets time pass for the player, frame by frame, while it plays. */
export function usePlaying({ player }: Replay): void {
  const isPlaying = player.isPlaying.value;
  useEffect(() => {
    if (!isPlaying) return undefined;
    let before = performance.now();
    let request = requestAnimationFrame(function pass(now) {
      player.pass(Math.min(now - before, LONGEST_FRAME_MS));
      before = now;
      request = requestAnimationFrame(pass);
    });
    return () => cancelAnimationFrame(request);
  }, [player, isPlaying]);
}

/** Goes to the next thing that happened, or the one before. */
export function jump({ player, moments }: Replay, direction: 1 | -1): void {
  const found = neighbour(moments.peek(), player.time.peek(), direction);
  if (found) player.seekTime(found.timeMs);
}

/** The keys of the player, wherever the focus is, unless what has it needs the key itself. */
export function useKeys(replay: Replay): void {
  useEffect(() => {
    function pressed(event: KeyboardEvent): void {
      const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
      const act = actOf({ key: alongLine(key), shiftKey, ctrlKey, metaKey, altKey });
      if (!act || event.defaultPrevented || isTaken(event.target, event.key)) return;
      event.preventDefault();
      if (act.do === "moment") jump(replay, act.direction);
      else replay.player.act(act);
    }
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [replay]);
}
