import assert from "node:assert/strict";
import { test } from "node:test";

import { stepOf, typedTo } from "../src/design/menu_keys";

const LABELS = ["Mute Ann", "Make Ann a host", "Lower hand", "Remove Ann", "Ban Ann"];

test("arrows go round, Home and End go to the ends, other keys mean nothing", () => {
  assert.equal(stepOf("ArrowDown", 0, 3), 1);
  assert.equal(stepOf("ArrowDown", 2, 3), 0);
  assert.equal(stepOf("ArrowUp", 0, 3), 2);
  assert.equal(stepOf("Home", 2, 3), 0);
  assert.equal(stepOf("End", 0, 3), 2);
  assert.equal(stepOf("Enter", 0, 3), null);
});

test("from nowhere an arrow down goes to the first and an arrow up to the last; an empty menu leads nowhere", () => {
  assert.equal(stepOf("ArrowDown", -1, 3), 0);
  assert.equal(stepOf("ArrowUp", -1, 3), 2);
  assert.equal(stepOf("ArrowDown", -1, 0), null);
});

test("a letter goes to the next entry that begins with it, and again to the one after", () => {
  assert.equal(typedTo(LABELS, "m", -1), 0);
  assert.equal(typedTo(LABELS, "m", 0), 1);
  assert.equal(typedTo(LABELS, "mm", 1), 0);
  assert.equal(typedTo(LABELS, "B", 0), 4);
});

test("more letters narrow it down, where one is first of all", () => {
  assert.equal(typedTo(LABELS, "ma", 0), 1);
  assert.equal(typedTo(LABELS, "mak", 1), 1);
  assert.equal(typedTo(LABELS, "zz", 1), null);
});
