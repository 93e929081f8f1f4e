import assert from "node:assert/strict";
import { test } from "node:test";
import { channelRow } from "../../testkit/store-rows.ts";
import { testSite } from "../test-site.test.ts";

test("steps are open until they are done or skipped, and a camera that is there makes its step done", async (t) => {
  const site = await testSite(t);
  const cookie = site.session();
  const states = async () => {
    const { steps } = (await site.send("GET", "/api/first-steps", cookie)).body as {
      steps: { step: string; state: string }[];
    };
    return steps.map(({ step, state }) => `${step} ${state}`).join(", ");
  };
  assert.equal(await states(), "administrator done, site open, storage open, cameras open, input open");
  await site.send("PATCH", "/api/first-steps", cookie, { site: "done" });
  await site.send("PATCH", "/api/first-steps", cookie, { storage: "done", cameras: "skipped" });
  assert.equal(await states(), "administrator done, site done, storage done, cameras skipped, input open");
  site.put({ kind: "config", change: { part: "channel", value: channelRow(1) } });
  assert.match(await states(), /cameras done/);
});

test("the steps stay as they are when name, zone or language of the site are changed", async (t) => {
  const site = await testSite(t);
  const cookie = site.session();
  await site.send("PATCH", "/api/first-steps", cookie, { dismissed: true });
  const put = await site.send("PUT", "/api/site", cookie, { name: "Farm", timeZone: "Europe/Berlin", language: "de" });
  assert.deepEqual(put.body, { name: "Farm", timeZone: "Europe/Berlin", language: "de" });
  assert.equal((await site.send("GET", "/api/first-steps", cookie)).at("dismissed"), true);
  assert.deepEqual((await site.send("GET", "/api/site", cookie)).body, put.body);
});

test("the answer has the server's clock and says what Reed is not", async (t) => {
  const site = await testSite(t);
  const answer = await site.send("GET", "/api/first-steps", site.session());
  assert.equal(answer.at("now"), site.clock.wall());
  assert.match(String(answer.at("notice")), /not a certified/);
});
