import { useClient } from "../client";
import { useRoom } from "./room";

/** Reads out what happens: who comes and goes, raised hands, messages; nothing for who does not want that. */
export function Announcer() {
  const { spoken } = useRoom();
  const { preferences } = useClient();
  if (!preferences.current.value.accessibility.enable_screen_reader) return null;
  return (
    <div class="sr-only" aria-live="polite" role="log">
      {spoken.value.map((text, i) => (
        <p key={`${i}-${text}`}>{text}</p>
      ))}
    </div>
  );
}
