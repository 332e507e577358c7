import assert from "node:assert/strict";
import { test } from "node:test";

import type { Command } from "../src/shell/commands";
import { matchOf } from "../src/shell/fuzzy";
import { isAlone, isPressed, shownKeys } from "../src/shell/keys";
import { sectionsOf } from "../src/shell/ranking";

const score = (typed: string, text: string): number => matchOf(typed, text)?.score ?? -1;
const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const command = (id: string, group: Command["group"], title: string, also = ""): Command => ({
  id,
  group,
  title,
  also,
  run: () => {},
});

test("letters are found together, at the beginning of words, or scattered in order", () => {
  assert.deepEqual(matchOf("mute", "Mute all")?.at, [0, 1, 2, 3]);
  assert.deepEqual(matchOf("ma", "Mute all")?.at, [0, 5]);
  assert.deepEqual(matchOf("nse", "New session")?.at, [0, 4, 5]);
  assert.equal(matchOf("xyz", "Mute all"), null);
  assert.equal(matchOf("lm", "Mute all"), null);
});

test("a whole word is better than its beginning, that than its middle, that than scattered letters", () => {
  const ranked = ["Mute all", "Muted people", "Unmute all", "Move up the ember"].map((text) => score("mute", text));
  assert.deepEqual(
    ranked,
    [...ranked].sort((a, b) => b - a),
  );
  assert.equal(new Set(ranked).size, 4);
});

test("words are found in any order, without case and accents; nothing typed fits everything", () => {
  assert.ok(matchOf("all mute", "Mute all"));
  assert.ok(matchOf("cafe", "Das Café"));
  assert.deepEqual(matchOf("É", "cafe")?.at, [3]);
  assert.deepEqual(matchOf("  ", "Mute all"), { score: 0, at: [] });
  assert.equal(matchOf("mute nobody", "Mute all"), null);
});

test("the palette shows all in the order of the groups, and the best section first once something is typed", () => {
  const all = [
    command("mute", "room", "Mute all"),
    command("go", "go", "Go to Sessions"),
    command("s", "sessions", "X"),
  ];
  assert.deepEqual(
    sectionsOf(all, "").map(({ group }) => group),
    ["room", "go", "sessions"],
  );
  const [first] = sectionsOf(all, "sess");
  assert.equal(first?.group, "go");
  assert.deepEqual(first?.entries[0]?.at, [6, 7, 8, 9]);
});

test("a command is found by its other words too, after those that are called so; a session found elsewhere stays", () => {
  const all = [
    command("dark", "appearance", "Theme: Dark", "night colours"),
    command("night", "appearance", "Night watch"),
    command("s", "sessions", "Planning", "ABC234"),
  ];
  const [appearance, sessions] = sectionsOf(all, "night");
  assert.deepEqual(
    appearance?.entries.map(({ id }) => id),
    ["night", "dark"],
  );
  assert.equal(sessions?.entries[0]?.title, "Planning");
});

test("a key counts with exactly what is held, and Command stands for Control on a Mac", () => {
  assert.ok(isPressed("mod+k", press("k", { ctrlKey: true }), false));
  assert.ok(isPressed("mod+k", press("k", { metaKey: true }), true));
  assert.ok(!isPressed("mod+k", press("k", { ctrlKey: true }), true));
  assert.ok(!isPressed("mod+k", press("k"), false));
  assert.ok(!isPressed("h", press("h", { ctrlKey: true }), false));
  assert.ok(!isPressed("h", press("H", { shiftKey: true }), false));
  assert.ok(isPressed("?", press("?", { shiftKey: true }), false));
});

test("keys are shown as the keyboard names them, and told apart by whether they stand alone", () => {
  assert.deepEqual(shownKeys("mod+k", false), ["Ctrl", "K"]);
  assert.deepEqual(shownKeys("mod+k", true), ["⌘", "K"]);
  assert.ok(isAlone("h"));
  assert.ok(isAlone("shift+h"));
  assert.ok(!isAlone("mod+k"));
});
