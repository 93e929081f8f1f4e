import assert from "node:assert/strict";
import { test } from "node:test";
import { testSite } from "../test-site.test.ts";

const doors = { name: "Doors", layout: 4, channels: [3, 1, 0, 2] };

test("a user's view is theirs alone, everybody's is seen by all, and a key sees only the latter", async (t) => {
  const site = await testSite(t);
  const anna = site.session("operator", "anna");
  const ben = site.session("viewer", "ben");
  const own = await site.send("POST", "/api/views", anna, doors);
  assert.equal(own.status, 201);
  assert.deepEqual(own.body, { view: 1, ...doors, shared: false });
  await site.send("POST", "/api/views", anna, { ...doors, name: "All", shared: true });
  const names = async (who: Record<string, string>) =>
    ((await site.send("GET", "/api/views", who)).body as { name: string }[]).map(({ name }) => name);
  assert.deepEqual(await names(anna), ["Doors", "All"]);
  assert.deepEqual(await names(ben), ["All"]);
  assert.deepEqual(await names(site.key("read")), ["All"]);
});

test("a viewer saves views of their own and changes none of everybody's", async (t) => {
  const site = await testSite(t);
  const ben = site.session("viewer", "ben");
  const mine = await site.send("POST", "/api/views", ben, doors);
  assert.equal(mine.status, 201);
  assert.equal((await site.send("POST", "/api/views", ben, { ...doors, shared: true })).status, 403);
  const changed = await site.send("PUT", "/api/views/1", ben, { ...doors, name: "Mine", layout: "auto" });
  assert.deepEqual(changed.body, { view: 1, ...doors, name: "Mine", layout: "auto", shared: false });
  await site.send("POST", "/api/views", site.session("operator", "anna"), { ...doors, shared: true });
  assert.equal((await site.send("PUT", "/api/views/2", ben, doors)).status, 403);
  assert.equal((await site.send("DELETE", "/api/views/2", ben)).status, 403);
  assert.equal((await site.send("DELETE", "/api/views/1", ben)).status, 204);
  assert.equal((await site.send("DELETE", "/api/views/1", ben)).status, 404);
});

test("somebody else's own view does not exist for others, administrators too", async (t) => {
  const site = await testSite(t);
  await site.send("POST", "/api/views", site.session("viewer", "ben"), doors);
  assert.equal((await site.send("PUT", "/api/views/1", site.session(), doors)).status, 404);
});

test("a view has at most sixteen places and a layout that there is", async (t) => {
  const site = await testSite(t);
  const anna = site.session("operator", "anna");
  assert.equal((await site.send("POST", "/api/views", anna, { ...doors, channels: Array(17).fill(1) })).status, 400);
  assert.equal((await site.send("POST", "/api/views", anna, { ...doors, layout: 5 })).status, 400);
});
