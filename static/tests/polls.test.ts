import assert from "node:assert/strict";
import { test } from "node:test";

import type { OwnPollView, PollView } from "../src/contract/types";
import type { Ack } from "../src/net/socket";
import { Polls, pollOrder, shareOf } from "../src/room/polls";
import { AT } from "./room_fixture";

const makePoll = (id: string, changes: Partial<PollView> = {}): PollView => ({
  id,
  question: "A break?",
  options: ["Yes", "No"],
  is_multiple: false,
  counts: [3, 1],
  voters: 4,
  created_by: null,
  created_at: AT,
  closed_at: null,
  ...changes,
});

test("open polls come first, and of each the newest", () => {
  const later = "2026-11-21T09:30:00Z";
  const polls = [makePoll("closed", { closed_at: later }), makePoll("old"), makePoll("new", { created_at: later })];
  assert.deepEqual(
    pollOrder(polls).map((each) => each.id),
    ["new", "old", "closed"],
  );
});

test("a share is of those who voted, and nothing is shared among nobody", () => {
  assert.equal(shareOf(makePoll("p"), 0), 0.75);
  assert.equal(shareOf(makePoll("p", { counts: [0, 0], voters: 0 }), 0), 0);
});

test("my votes are remembered as the server has them", async () => {
  const own: OwnPollView[] = [
    { ...makePoll("a"), my_choices: [1] },
    { ...makePoll("b"), my_choices: null },
  ];
  const polls = new Polls({
    call: <T>(_: string, payload: object = {}) =>
      Promise.resolve({ data: { ...makePoll("b"), my_choices: (payload as { choices: number[] }).choices } } as Ack<T>),
    readOwn: async () => own,
  });
  await polls.loadVotes();
  assert.deepEqual(polls.votes.value, { a: [1] });
  await polls.vote("b", [0]);
  assert.deepEqual(polls.votes.value, { a: [1], b: [0] });
});
