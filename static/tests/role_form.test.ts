import assert from "node:assert/strict";
import { test } from "node:test";

import { keyFrom, withHearing } from "../src/admin/roles/role_form";

test("the key of a role is made of its name", () => {
  assert.equal(keyFrom("Lab assistant"), "lab_assistant");
  assert.equal(keyFrom("  2nd Prüfer! "), "nd_pru_fer");
  assert.match(keyFrom("Ж"), /^role_[a-z0-9]+$/);
  assert.match(keyFrom("x".repeat(80)), /^x{50}$/);
});

test("who hears what only hosts hear sees who waits, and nobody else does", () => {
  assert.deepEqual([...withHearing(new Set(["chat:send"]), "moderator")], ["chat:send", "waiting_room:view"]);
  assert.deepEqual([...withHearing(new Set(["chat:send", "waiting_room:view"]), "attendee")], ["chat:send"]);
});
