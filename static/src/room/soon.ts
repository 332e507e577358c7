// Work that should be done once before the next picture, however often it is asked for. Pages in the background get
// no pictures, so there it is done after a moment.
//
// Where so much happens that drawing it takes a good part of a picture's time, the next drawing waits in proportion: the
// room scrolls, floats and answers as smoothly as ever, and shows several things at once a little later.

const HIDDEN_MS = 200;
/** Drawing that takes no longer leaves a picture's time to everything else. */
const LIGHT_MS = 4;
/** After heavier drawing there is a rest, so many times as long. */
const REST_FACTOR = 8;
const MOST_REST_MS = 150;

export type Soon = (work: () => void) => void;

export function createSoon(): Soon {
  const waiting = new Set<() => void>();
  let restUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function run(): void {
    clearTimeout(timer);
    const all = [...waiting];
    waiting.clear();
    const began = performance.now();
    for (const work of all) work();
    // When the views are drawn and laid out too.
    afterPicture(() => {
      const end = performance.now();
      const took = end - began;
      restUntil = took > LIGHT_MS ? end + Math.min(took * REST_FACTOR, MOST_REST_MS) : 0;
    });
  }

  function beforePicture(): void {
    clearTimeout(timer);
    timer = setTimeout(run, HIDDEN_MS);
    requestAnimationFrame(() => waiting.size > 0 && run());
  }

  return (work) => {
    const isFirst = waiting.size === 0;
    waiting.add(work);
    if (!isFirst) return;
    const rest = restUntil - performance.now();
    if (document.hidden) timer = setTimeout(run, HIDDEN_MS);
    else if (rest > 0) timer = setTimeout(beforePicture, rest);
    else beforePicture();
  };
}

/** Asked before a picture: what comes after it. */
function afterPicture(then: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    then();
  };
  port2.postMessage(null);
}
