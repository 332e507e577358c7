// Time that can be stopped and goes on with what was left.

export interface Countdown {
  hold: () => void;
  goOn: () => void;
  stop: () => void;
}

export interface Timers {
  now: () => number;
  set: (run: () => void, ms: number) => ReturnType<typeof setTimeout>;
  clear: (timer: ReturnType<typeof setTimeout> | undefined) => void;
}

const REAL: Timers = {
  now: () => performance.now(),
  set: (run, ms) => setTimeout(run, ms),
  clear: (timer) => clearTimeout(timer),
};

/** Whoever looks at something as its time runs out shall not have it vanish the moment they look away. */
const LEAST_LEFT_MS = 1_500;

/** Calls `done` once, after `ms` that were not held. Begins at once. */
export function createCountdown(ms: number, done: () => void, timers: Timers = REAL): Countdown {
  let left = ms;
  let since = 0;
  let isHeld = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const goOn = (): void => {
    timers.clear(timer);
    isHeld = false;
    since = timers.now();
    timer = timers.set(done, left);
  };
  goOn();
  return {
    hold: () => {
      timers.clear(timer);
      if (isHeld) return;
      isHeld = true;
      left = Math.max(LEAST_LEFT_MS, left - (timers.now() - since));
    },
    goOn,
    stop: () => timers.clear(timer),
  };
}
