import assert from "node:assert/strict";
import { test } from "node:test";

import { comeBackWhenTold, type Transport } from "../src/net/socket";

test("a client comes back when the server that stops has told it to, and later as always", () => {
  const listeners = new Map<string, (...parts: never[]) => void>();
  const wire = { on: (event: string, listener: (...parts: never[]) => void) => listeners.set(event, listener) };
  const set: Record<string, number> = {};
  comeBackWhenTold(wire as unknown as Transport, {
    reconnectionDelay: (ms) => (set.delay = ms),
    reconnectionDelayMax: (ms) => (set.longest = ms),
    randomizationFactor: (share) => (set.share = share),
  });
  const push = (event: string, message?: object): void => listeners.get(event)?.(message as never);
  push("server:draining", { reconnect_in_s: 7.25 });
  assert.deepEqual(set, { delay: 7250, longest: 7250, share: 0 });
  push("connect");
  assert.deepEqual(set, { delay: 500, longest: 5000, share: 0.5 });
  push("server:draining", { reconnect_in_s: 0 });
  assert.equal(set.delay, 50);
});
