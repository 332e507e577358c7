import assert from "node:assert/strict";
import { test } from "node:test";

import { DEFAULTS, merged } from "../src/identity/preferences";

test("what is given replaces what was, and the rest of its part stays", () => {
  const after = merged(DEFAULTS, { theme: "dark", accessibility: { captions: { size: "large" } } });
  assert.equal(after.theme, "dark");
  assert.deepEqual(after.accessibility.captions, { size: "large", background: "shaded" });
  assert.equal(after.accessibility.font_size, "normal");
  assert.deepEqual(after.notifications, DEFAULTS.notifications);
});

test("a choice can be taken back to none", () => {
  const chosen = merged(DEFAULTS, { timezone: "Europe/Berlin", accessibility: { enable_high_contrast: true } });
  const after = merged(chosen, { timezone: null, accessibility: { enable_high_contrast: null } });
  assert.deepEqual(after, DEFAULTS);
});

test("what is not known is left behind", () => {
  assert.deepEqual(merged(DEFAULTS, { scent: "rose" }), DEFAULTS);
});
