import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { createSoon } from "../src/room/soon";

/** Pictures on demand, and a clock that only work moves on. */
class Screen {
  now = 0;
  hidden = false;
  #asked: (() => void)[] = [];
  #after: (() => void)[] = [];

  show(): void {
    mock.method(performance, "now", () => this.now);
    Object.assign(globalThis, {
      document: { hidden: this.hidden },
      requestAnimationFrame: (work: () => void) => this.#asked.push(work),
      MessageChannel: this.#channel(),
    });
  }

  picture(): void {
    const asked = this.#asked;
    this.#asked = [];
    for (const work of asked) work();
    const after = this.#after;
    this.#after = [];
    for (const work of after) work();
  }

  wait(ms: number): void {
    this.now += ms;
    mock.timers.tick(ms);
  }

  #channel(): unknown {
    const add = (work: () => void): void => void this.#after.push(work);
    return class {
      port1: { onmessage: () => void; close: () => void } = { onmessage: () => undefined, close: () => undefined };
      port2 = { postMessage: () => add(() => this.port1.onmessage()) };
    };
  }
}

const before = { document: globalThis.document, MessageChannel: globalThis.MessageChannel };

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
  Object.assign(globalThis, before);
});

test("what is asked for often is done once, before the next picture", () => {
  const screen = new Screen();
  screen.show();
  const soon = createSoon();
  let count = 0;
  const work = (): void => void (count += 1);
  soon(work);
  soon(work);
  assert.equal(count, 0);
  screen.picture();
  assert.equal(count, 1);
  screen.wait(1_000);
  assert.equal(count, 1, "the moment for pages in the background does not do it again");
});

test("heavy drawing is followed by a rest, light drawing is not", () => {
  const screen = new Screen();
  screen.show();
  const soon = createSoon();
  const done: number[] = [];
  const draw = (ms: number) => () => {
    screen.now += ms;
    done.push(ms);
  };
  soon(draw(2));
  screen.picture();
  soon(draw(12));
  screen.picture();
  assert.deepEqual(done, [2, 12]);
  soon(draw(3));
  screen.picture();
  assert.deepEqual(done, [2, 12], "it rests");
  screen.wait(96);
  screen.picture();
  assert.deepEqual(done, [2, 12, 3]);
});

test("a page in the background has it done after a moment", () => {
  const screen = new Screen();
  screen.hidden = true;
  screen.show();
  let count = 0;
  createSoon()(() => void (count += 1));
  screen.wait(200);
  assert.equal(count, 1);
});
