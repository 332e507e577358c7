import assert from "node:assert/strict";
import { test } from "node:test";

import { cell, exported, fileName } from "../src/history/chat_export";
import { lineKindOf, linesOf } from "../src/history/lines";
import { namesIn } from "../src/history/sentences";
import { ANA, BEN, frame, makeMessage, makePerson } from "./room_fixture";

test("what a spreadsheet would run is text in its cell", () => {
  for (const evil of ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\t=1", "\r=1"]) {
    assert.match(cell(evil), /^"?'/, JSON.stringify(evil));
  }
  assert.equal(cell("plain"), "plain");
  assert.equal(cell('say "hi", twice\nand more'), '"say ""hi"", twice\nand more"');
});

test("the chat as a table has a line for each message, whatever is in it", () => {
  const message = { ...makeMessage(1), display_name: "=Ana", text: "one, two" };
  const lines = exported([message], "csv").split("\r\n");
  assert.equal(lines.length, 3);
  assert.match(lines[1] ?? "", /"'=Ana","one, two"/);
  assert.deepEqual(JSON.parse(exported([message], "json")), [message]);
});

test("a file is called like the session, in letters that every system takes", () => {
  assert.equal(fileName("Algebra: week 5/6", "csv"), "Algebra-week-5-6.csv");
  assert.equal(fileName("../..", "txt"), "chat.txt");
});

test("the timeline is narrowed down by kind and by what was said", () => {
  const frames = [
    frame(1, "participant:joined", { participant: makePerson(ANA) }),
    frame(2, "participant:hand_raised", { participant_id: ANA }),
    frame(3, "chat:sent", { message: { ...makeMessage(3), text: "Good morning" } }),
    frame(4, "event:hidden", {}),
    frame(5, "participant:joined", { participant: makePerson(BEN) }, "2026-11-22T09:00:00Z"),
  ];
  const names = namesIn(frames, []);
  const look = (kind: Parameters<typeof linesOf>[2]["kind"], search: string) => {
    const { lines, shown, all } = linesOf(frames, names, { kind, search });
    return [lines.length, shown, all];
  };
  assert.deepEqual(look(null, ""), [6, 4, 4]);
  assert.deepEqual(look("hands", ""), [2, 1, 4]);
  assert.deepEqual(look(null, "MORNING"), [2, 1, 4]);
  assert.deepEqual(look("hands", "morning"), [0, 0, 4]);
  assert.equal(lineKindOf("waiting_room:updated"), "people");
});
