// The moments at which a page may find the world changed: shown again, back on a network, or its lid was closed.

const BEAT_MS = 10_000;
/** Pages in the background are woken once a minute only; what is longer than that was sleep. */
const SLEPT_MS = 90_000;

/** Runs the work whenever the page comes back; `hasSlept` if its timers have stood still. Returns how to stop. */
export function onAwake(work: (hasSlept: boolean) => void): () => void {
  let last = Date.now();

  const look = (isBack: boolean): void => {
    const hasSlept = Math.abs(Date.now() - last) > SLEPT_MS;
    last = Date.now();
    if (hasSlept || isBack) work(hasSlept);
  };
  const shown = (): void => look(!document.hidden);
  const back = (): void => look(true);
  const beat = setInterval(() => look(false), BEAT_MS);

  document.addEventListener("visibilitychange", shown);
  document.addEventListener("resume", back);
  addEventListener("online", back);
  addEventListener("pageshow", back);
  return () => {
    clearInterval(beat);
    document.removeEventListener("visibilitychange", shown);
    document.removeEventListener("resume", back);
    removeEventListener("online", back);
    removeEventListener("pageshow", back);
  };
}
