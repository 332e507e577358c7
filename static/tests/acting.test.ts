import assert from "node:assert/strict";
import { test } from "node:test";

import type { UserView } from "../src/contract/types";
import { createActing, isAskedThere } from "../src/identity/acting";
import { createRest } from "../src/net/rest";

const SUE = { id: "sue", permissions: ["tenant:manage"] } as unknown as UserView;
const NORTH = { id: "north", name: "North School" };

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
}

test("administration is asked for there, and nothing that one does in one's own name", () => {
  for (const path of ["/users", "/users/7/roles", "/roles", "/tenant", "/tenant/logo", "/sessions/7/end", "/audit?q=x"])
    assert.ok(isAskedThere(path), path);
  for (const path of ["/users/me", "/users/me/api-keys", "/tenants", "/tenants/7", "/auth/logout", "/site"])
    assert.ok(!isAskedThere(path), path);
});

test("it outlives a reload, and ends with the one who began it", () => {
  const storage = memory();
  createActing(storage).enter(SUE, NORTH);
  const acting = createActing(storage);
  assert.deepEqual(acting.tenant.value, NORTH);
  acting.check(SUE);
  assert.equal(acting.tenantFor("/users"), "north");
  acting.check({ ...SUE, id: "sam" } as UserView);
  assert.equal(acting.tenant.value, null);
  for (const next of [null, { ...SUE, permissions: [] } as UserView]) {
    acting.enter(SUE, NORTH);
    acting.check(next);
    assert.equal(createActing(storage).tenant.value, null);
  }
});

test("the tenant is named with the account's token only, also after it was refreshed", async () => {
  const seen: (string | null)[] = [];
  const fetcher: typeof fetch = async (_, init) => {
    const headers = new Headers(init?.headers);
    seen.push(headers.get("convene-tenant"));
    const isOld = headers.get("authorization") === "Bearer old";
    const body = isOld ? { errorCode: "TOKEN_EXPIRED", message: "", statusCode: 401 } : { data: 7 };
    return new Response(JSON.stringify(body), { status: isOld ? 401 : 200 });
  };
  const acting = createActing(memory());
  acting.enter(SUE, NORTH);
  const rest = createRest({ token: () => "old", refresh: async () => "new", tenantFor: acting.tenantFor }, fetcher);
  await rest("GET", "/users");
  await rest("GET", "/users", { token: "guest" });
  await rest("GET", "/users/me");
  assert.deepEqual(seen, ["north", "north", null, null, null]);
});
