import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { testSite } from "../test-site.test.ts";
import { csvLine } from "./csv.ts";

async function withLog(t: Parameters<typeof testSite>[0]) {
  const site = await testSite(t);
  const lines: [string, string, string, unknown][] = [
    ["user", "ann", "login", { name: "ann" }],
    ["system", "api", "login-refused", { name: "mallory", address: "192.0.2.9" }],
    ["user", "ann", "put", { part: "channel", id: 1 }],
    ["user", "bob", "live", { channel: 1 }],
    ["user", "bob", "footage", { channel: 1 }],
    ["key", "Grafana", "something new", {}],
  ];
  lines.forEach(([kind, name, what, details], index) => {
    const actor = { kind: kind as "user", name };
    site.put({ kind: "audit", at: wallTime(1000 * (index + 1)), actor, what, details });
  });
  return { ...site, cookie: site.session() };
}

test("the log is filtered by kind, by person and by time, and read page by page", async (t) => {
  const site = await withLog(t);
  const whats = async (query: string) =>
    ((await site.send("GET", `/api/audit?${query}`, site.cookie)).body as { what: string }[]).map((row) => row.what);
  assert.deepEqual(await whats("kind=logins"), ["login"]);
  assert.deepEqual(await whats("kind=refused"), ["login-refused"]);
  assert.deepEqual(await whats("kind=viewing"), ["live"]);
  assert.deepEqual(await whats("kind=export"), ["footage"]);
  assert.deepEqual(await whats("kind=changes"), ["something new", "put"]);
  assert.deepEqual(await whats("person=ANN"), ["put", "login"]);
  assert.deepEqual(await whats("since=2000&until=4000"), ["put", "login-refused"]);
  assert.deepEqual(await whats("limit=2"), ["something new", "footage"]);
  assert.deepEqual(await whats("limit=2&before=5"), ["live", "put"]);
});

test("a name that was tried in vain is found by that name", async (t) => {
  const site = await withLog(t);
  const [row] = (await site.send("GET", "/api/audit?person=mallory", site.cookie)).body as { what: string }[];
  assert.equal(row?.what, "login-refused");
});

test("the log is for administrators, and taking it along is written down", async (t) => {
  const site = await withLog(t);
  const operator = site.session("operator");
  assert.equal((await site.send("GET", "/api/audit.csv", operator)).status, 403);
  const file = await site.send("GET", "/api/audit.csv?kind=changes", site.cookie);
  assert.match(String(file.headers["content-type"]), /^text\/csv/);
  const lines = file.text.trimEnd().split("\r\n");
  assert.equal(lines.length, 3);
  assert.equal(lines[2], '"1970-01-01T00:00:03.000Z","changes","put","user","ann","{""part"":""channel"",""id"":1}"');
  assert.ok(site.asked.some(({ command }) => command.kind === "audit" && command.what === "export"));
});

test("a name that a spreadsheet would calculate stays a name", () => {
  assert.equal(csvLine(["=HYPERLINK(1)", "-1", "plain"]), `"'=HYPERLINK(1)","'-1","plain"\r\n`);
});
