import assert from "node:assert/strict";
import { test } from "node:test";

import { codeOf, isWhole, strayIn } from "../src/join/code";

test("case, spaces and dashes do not matter", () => {
  for (const typed of ["k7mpq2", "K7M-PQ2", " k7m pq2 ", "K7MPQ2\n", "ｋ７ｍｐｑ２"])
    assert.equal(codeOf(typed), "K7MPQ2");
});

test("a pasted link counts as its code", () => {
  assert.equal(codeOf("https://meet.example/join/k7mpq2?from=mail"), "K7MPQ2");
  assert.equal(codeOf("/join/K7M-PQ2"), "K7MPQ2");
});

test("it goes as far as it is typed, and not further than a code", () => {
  assert.equal(codeOf(""), "");
  assert.equal(codeOf("k7"), "K7");
  assert.equal(codeOf("K7MPQ2XYZ"), "K7MPQ2");
});

test("whole means six letters and digits that a code may have", () => {
  assert.equal(isWhole("K7MPQ2"), true);
  assert.equal(isWhole("K7MPQ"), false);
  assert.equal(isWhole("K7MPQO"), false);
});

test("look-alikes are named", () => {
  assert.equal(strayIn("K7MPO"), "O");
  assert.equal(strayIn("K7MPQ2"), null);
});
