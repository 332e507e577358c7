import assert from "node:assert/strict";
import { test } from "node:test";

import { matching, mentionsIn, typingAt, withName } from "../src/room/mentions";
import { piecesOf } from "../src/room/message_pieces";
import { makeMention, makePerson } from "./room_fixture";

const ana = makePerson("a", { display_name: "Ana" });
const anaMaria = makePerson("am", { display_name: "Ana María" });
const ben = makePerson("b", { display_name: "Ben" });
const otherBen = makePerson("b2", { display_name: "ben" });
const named = (text: string, people = [ana, anaMaria, ben]): string[] =>
  mentionsIn(text, [], people).map((each) => each.participant_id);

test("a name is being typed after an @ that begins a word", () => {
  assert.deepEqual(typingAt("Hi @an", 6), { at: 3, query: "an" });
  assert.deepEqual(typingAt("@Ana Mar", 8), { at: 0, query: "Ana Mar" });
  assert.deepEqual(typingAt("@", 1), { at: 0, query: "" });
  for (const text of ["ana@example.org", "Hi @ an", "Hi @an\nthen", "nobody"]) {
    assert.equal(typingAt(text, text.length), null);
  }
});

test("the whole name takes the place of what was typed of it, in the middle of a text too", () => {
  const typing = { at: 3, query: "an" };
  assert.deepEqual(withName("Hi @an and all", 6, typing, "Ana María"), { text: "Hi @Ana María and all", caret: 14 });
});

test("names that begin with what is typed come before those of which a part does", () => {
  const people = [makePerson("m", { display_name: "Eva Ana" }), anaMaria, ana, ben];
  assert.deepEqual(
    matching(people, "AN", 9).map((each) => each.display_name),
    ["Ana", "Ana María", "Eva Ana"],
  );
});

test("of names that fit the longest is meant, whole words only, and nobody where two have the name", () => {
  assert.deepEqual(named("@Ana María, see this"), ["am"]);
  assert.deepEqual(named("@ana and @Ben."), ["a", "b"]);
  assert.deepEqual(named("@Anabel and mail@ben"), []);
  assert.deepEqual(named("@Ben", [ben, otherBen]), []);
  const picked = [makeMention("b2", "ben")];
  assert.deepEqual(mentionsIn("@Ben, yours", picked, [ben, otherBen]), picked);
});

const shapes = (text: string): string[] => piecesOf(text, []).map((piece) => `${piece.kind}:${piece.text}`);

test("only addresses of web pages become links, without what ends the sentence", () => {
  assert.deepEqual(shapes("See https://a.example/x?y=1."), ["text:See ", "link:https://a.example/x?y=1", "text:."]);
  assert.deepEqual(shapes("(http://a.example/b_(c))"), ["text:(", "link:http://a.example/b_(c)", "text:)"]);
  for (const text of [
    "javascript:alert(1)",
    "data:text/html,<b>",
    "https://bank.example@evil.example/",
    "https://",
    "<img src=x onerror=alert(1)>",
  ]) {
    assert.deepEqual(shapes(text), [`text:${text}`], text);
  }
});

test("names and links stand beside each other", () => {
  const mentions = [makeMention("b", "Ben")];
  assert.deepEqual(
    piecesOf("@Ben https://a.example", mentions).map((piece) => piece.kind),
    ["mention", "text", "link"],
  );
});
