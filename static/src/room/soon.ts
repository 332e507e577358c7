// Work that should be done once before the next picture, however often it is asked for. Pages in the background get
// no pictures, so there it is done after a moment.

const HIDDEN_MS = 200;

export function createSoon(): (work: () => void) => void {
  const waiting = new Set<() => void>();
  const run = (): void => {
    const all = [...waiting];
    waiting.clear();
    for (const work of all) work();
  };
  return (work) => {
    if (waiting.size === 0) {
      if (!document.hidden) requestAnimationFrame(run);
      setTimeout(run, HIDDEN_MS);
    }
    waiting.add(work);
  };
}
