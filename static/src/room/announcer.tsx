import { useRoom } from "./room";

/** Reads out what happens: who comes and goes, raised hands, messages. */
export function Announcer() {
  const { spoken } = useRoom();
  return (
    <div class="sr-only" aria-live="polite" role="log">
      {spoken.value.map((text, i) => (
        <p key={`${i}-${text}`}>{text}</p>
      ))}
    </div>
  );
}
