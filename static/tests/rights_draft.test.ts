import assert from "node:assert/strict";
import { test } from "node:test";

import type { ParticipantView, RoleView } from "../src/contract/types";
import { grouped } from "../src/room/permission_groups";
import type { Me } from "../src/room/rights";
import {
  choicesOf,
  fieldsOf,
  isByRole,
  mayDo,
  ownRoleOf,
  ownRolesFor,
  systemRolesFor,
  type ExplainedPermission,
} from "../src/room/rights_draft";

type Rule = ExplainedPermission["because"][number]["rule"];

function right(permission: string, ...rules: [Rule, string?][]): ExplainedPermission {
  const because = rules.map(([rule, role]) => ({ rule, role: role ?? null }));
  return { permission, description: "", allowed: rules.length > 0, because } as ExplainedPermission;
}

const SENT = right("chat:send", ["session_role", "attendee"], ["denied"]);
const LOCKS = right("session:lock", ["allowed"]);
const VOTES = right("poll:vote", ["custom_role", "scribe"]);
const ME: Me = {
  id: "me",
  role: "co_host",
  isAdmin: false,
  ownerId: "owner",
  permissions: new Set(["participant:set_role", "chat:send"]),
};
const MIA = { id: "mia", user_id: null, role: "attendee" } as ParticipantView;

function ownRole(key: string, base: string, permissions: string[]): RoleView {
  return { id: key, key, name: key, scope: "session", base, permissions, is_system: false } as unknown as RoleView;
}

void test("what was chosen before is read from the rules that had a say, and goes back as the command takes it", () => {
  const choices = choicesOf([SENT, LOCKS, VOTES]);
  assert.deepEqual(choices, { "chat:send": "deny", "session:lock": "allow", "poll:vote": "role" });
  assert.deepEqual(fieldsOf(choices), { allow: ["session:lock"], deny: ["chat:send"] });
});

void test("denied is denied, allowed is allowed, else the role decides", () => {
  assert.deepEqual([SENT, LOCKS, VOTES].map(isByRole), [true, false, true]);
  assert.equal(mayDo(true, "deny"), false);
  assert.equal(mayDo(false, "allow"), true);
  assert.deepEqual(
    [true, false].map((byRole) => mayDo(byRole, "role")),
    [true, false],
  );
});

void test("rights stand in groups, and none is left out", () => {
  const rights = [VOTES, right("rocket:launch"), LOCKS, SENT];
  assert.deepEqual(
    grouped(rights).map(([group, members]) => [group, members.length]),
    [
      ["session", 1],
      ["talk", 2],
      ["rest", 1],
    ],
  );
});

void test("who has a role of the tenant's own can be given the plain one again", () => {
  assert.equal(ownRoleOf([SENT, VOTES]), "scribe");
  assert.equal(ownRoleOf([SENT]), null);
  assert.ok(systemRolesFor(ME, MIA, "scribe").includes("attendee"));
  assert.ok(!systemRolesFor(ME, MIA, null).includes("attendee"));
});

void test("only roles within my reach are offered", () => {
  const roles = [
    ownRole("scribe", "attendee", ["chat:send"]),
    ownRole("keeper", "attendee", ["session:lock"]),
    ownRole("chief", "co_host", ["chat:send"]),
  ];
  assert.deepEqual(
    ownRolesFor(ME, MIA, roles).map(({ key }) => key),
    ["scribe"],
  );
});
