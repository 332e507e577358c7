import assert from "node:assert/strict";
import { test } from "node:test";

import {
  MOST_ANSWERS,
  NO_ANSWERS,
  linesOf,
  optionsOf,
  problemsOf,
  withLines,
  withoutRow,
  withRow,
  withText,
  type Answers,
} from "../src/room/poll_draft";

const texts = ({ rows }: Answers): string[] => rows.map(({ text }) => text);
const full = withLines(
  NO_ANSWERS,
  0,
  Array.from({ length: 10 }, (_, i) => `Day ${i}`),
);

test("rows are added up to ten and taken away down to two; each keeps its key", () => {
  let answers = withText(NO_ANSWERS, 1, "No");
  for (let i = 0; i < 20; i += 1) answers = withRow(answers);
  assert.equal(answers.rows.length, MOST_ANSWERS);
  assert.equal(new Set(answers.rows.map(({ key }) => key)).size, MOST_ANSWERS);
  const [, second] = answers.rows;
  answers = withoutRow(answers, 0);
  assert.equal(answers.rows[0], second);
  for (let i = 0; i < 20; i += 1) answers = withoutRow(answers, 1);
  assert.equal(answers.rows.length, 2);
});

test("pasted lines stand one to a row, push aside what is written and fill what is empty", () => {
  assert.deepEqual(linesOf(" Yes \r\n\n No\rMaybe\n"), ["Yes", "No", "Maybe"]);
  const before = withText(withRow(NO_ANSWERS), 2, "Never");
  const after = withLines(before, 0, ["Yes", "No", "Maybe"]);
  assert.deepEqual(texts(after), ["Yes", "No", "Maybe", "Never"]);
  assert.equal(new Set(after.rows.map(({ key }) => key)).size, 4);
});

test("what has no room is counted, and nothing that was there is lost", () => {
  assert.deepEqual([full.rows.length, full.leftOut], [10, 0]);
  const more = withLines(full, 9, ["a", "b", "c"]);
  assert.deepEqual([texts(more).at(-1), more.rows.length, more.leftOut], ["a", 10, 2]);
  assert.equal(withText(more, 0, "x").leftOut, 0);
  const endless = withLines(
    NO_ANSWERS,
    1,
    Array.from({ length: 5_000 }, (_, i) => `${i}`),
  );
  assert.deepEqual([endless.rows.length, endless.leftOut], [10, 4_991]);
});

test("empty rows are no answers; too long ones and the same twice are told apart", () => {
  let answers = withLines(NO_ANSWERS, 0, ["Yes", "x".repeat(121), "yes"]);
  answers = withRow(answers);
  assert.deepEqual(optionsOf(answers), ["Yes", "x".repeat(121), "yes"]);
  assert.deepEqual(problemsOf(answers), [null, { kind: "long", by: 1 }, { kind: "same", as: 1 }, null]);
  assert.deepEqual(problemsOf(withText(NO_ANSWERS, 0, "🎉".repeat(120))), [null, null]);
});
