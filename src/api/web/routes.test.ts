import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { testSite } from "../test-site.test.ts";

function pages(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "reed-web-"));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Reed</title>");
  writeFileSync(join(folder, "assets", "index-1a2b.js"), "export {};");
  return folder;
}

const asBrowser = { accept: "text/html,application/xhtml+xml" };

test("every address of a page answers the pages, without a login and without any inline script allowed", async (t) => {
  const site = await testSite(t, { webRoot: pages(t) });
  for (const path of ["/", "/setup?token=x", "/login", "/alarms/7", "/api-is-a-word"]) {
    const page = await site.send("GET", path, asBrowser);
    assert.equal(page.status, 200, path);
    assert.match(page.text, /<title>Reed<\/title>/);
    assert.equal(page.headers["cache-control"], "no-cache");
    const policy = String(page.headers["content-security-policy"]);
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.match(policy, /media-src 'self' blob:/);
  }
});

test("files with a hash in their name are kept by the browser; what is missing is an error, never a page", async (t) => {
  const site = await testSite(t, { webRoot: pages(t) });
  const script = await site.send("GET", "/assets/index-1a2b.js");
  assert.equal(script.status, 200);
  assert.match(String(script.headers["cache-control"]), /immutable/);
  for (const path of ["/assets/index-old.js", "/api/nothing", "/trigger/nothing"]) {
    const none = await site.send("GET", path, asBrowser);
    assert.equal(none.at("error.code"), "not-found", path);
  }
  assert.equal((await site.send("POST", "/alarms", asBrowser)).status, 404);
  assert.equal((await site.send("GET", "/..%2fpackage.json")).status, 404);
});

test("what the build has packed is sent packed to who can read it", async (t) => {
  const folder = pages(t);
  writeFileSync(join(folder, "assets", "index-1a2b.js.br"), "packed");
  const site = await testSite(t, { webRoot: folder });
  const packed = await site.send("GET", "/assets/index-1a2b.js", { "accept-encoding": "gzip, br" });
  assert.deepEqual([packed.headers["content-encoding"], packed.text], ["br", "packed"]);
  assert.match(String(packed.headers["content-type"]), /javascript/);
  assert.equal((await site.send("GET", "/assets/index-1a2b.js")).text, "export {};");
});

test("without built pages the address says how to build them", async (t) => {
  const site = await testSite(t);
  assert.match((await site.send("GET", "/", asBrowser)).text, /npm start/);
});
