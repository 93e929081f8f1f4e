import assert from "node:assert/strict";
import { test } from "node:test";
import { testSite } from "../test-site.test.ts";

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly description?: string }[];
  readonly requestBody?: unknown;
  readonly responses: Record<string, { readonly description: string; readonly content?: unknown }>;
}

interface Document {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );

test("the OpenAPI document has every route with its body, an example and the ranges", async (t) => {
  const site = await testSite(t);
  const answer = await site.send("GET", "/api/openapi.json", site.key("read"));
  assert.equal(answer.status, 200);
  const document = answer.body as Document;
  assert.match(document.openapi, /^3\.1/);
  const known = new Set(operationsOf(document).map(({ method, path }) => `${method} ${path}`));
  // OpenAPI has no words for WebSockets; the document's introduction speaks of them
  const hidden =
    /^GET \/(setup|login|front\.js)?$|openapi\.json|\/api\/docs|\/api\/events|\/api\/live|\/detection\/live/;
  for (const route of site.routes.filter((one) => !one.startsWith("HEAD ") && !hidden.test(one))) {
    assert.ok(known.has(route.replaceAll(/:(\w+)/g, "{$1}")), `${route} is not in the document`);
  }
  assert.match(answer.text, /WebSocket.*\/api\/events.*\/api\/live.*\/detection\/live/);
  const body = JSON.stringify(document.paths["/api/channels"]?.["post"]?.requestBody);
  assert.match(body, /rtsp:\/\/viewer:secret@192\.0\.2\.10/);
  assert.match(body, /"default":10/);
  assert.match(body, /"maximum":60/);
  assert.match(body, /"required":\["make","address"\]/);
});

test("every documented route says in one line of its own what it does, in a chapter that is listed", async (t) => {
  const site = await testSite(t);
  const document = (await site.send("GET", "/api/openapi.json", site.key("read"))).body as Document;
  const chapters = document.tags.map(({ name }) => name);
  const told = new Map<string, { path: string; operation: Operation }>();
  for (const { method, path, operation } of operationsOf(document)) {
    const { summary = "", tags = [], parameters = [] } = operation;
    assert.match(summary, /^[A-Z][^\n]{3,70}[^.]$/, `${method} ${path} has no summary of one line`);
    const other = told.get(summary);
    // a trigger's GET and POST are one and the same route
    if (other !== undefined) assert.deepEqual({ path, operation }, other, `"${summary}" is said twice`);
    told.set(summary, { path, operation });
    assert.ok(tags.length === 1 && chapters.includes(String(tags[0])), `${method} ${path} is in ${tags.join()}`);
    for (const { name, description } of parameters) assert.ok(description, `${method} ${path} ${name}`);
    for (const answer of Object.values(operation.responses)) assert.notEqual(answer.description, "Default Response");
  }
  assert.ok(told.size > 60);
  assert.deepEqual(new Set([...told.values()].flatMap(({ operation }) => operation.tags ?? [])), new Set(chapters));
});

test("a documented route says whom it lets in and which errors it answers, all in one form", async (t) => {
  const site = await testSite(t);
  const document = (await site.send("GET", "/api/openapi.json", site.key("read"))).body as Document;
  const arm = document.paths["/api/arming"]?.["post"];
  assert.match(arm?.description ?? "", /Needs the scope `arm`\.$/);
  assert.deepEqual(Object.keys(arm?.responses ?? {}), ["200", "400", "401", "403", "404", "409", "503", "default"]);
  assert.match(document.paths["/api/audit"]?.["get"]?.description ?? "", /administrator; no API key/);
  assert.deepEqual(document.paths["/health"]?.["get"]?.security, []);
  for (const { operation } of operationsOf(document)) {
    for (const [status, { content }] of Object.entries(operation.responses)) {
      if (/^2/.test(status)) continue;
      assert.deepEqual(content, { "application/json": { schema: { $ref: "#/components/schemas/Error" } } });
    }
  }
  assert.ok(document.components.schemas["Error"]);
});

test("the documentation is a page for whoever is logged in", async (t) => {
  const site = await testSite(t);
  const cookie = site.session("viewer");
  const page = await site.send("GET", "/api/docs", cookie);
  assert.equal(page.status, 200);
  assert.match(page.text, /swagger-ui/);
  assert.equal((await site.send("GET", "/api/docs/static/swagger-ui.css", cookie)).status, 200);
  assert.equal((await site.send("GET", "/api/docs/static/swagger-ui.css")).status, 401);
});

test("answers can be used in plain HTTP: no header asks a browser for TLS", async (t) => {
  const site = await testSite(t);
  const page = await site.send("GET", "/health");
  assert.doesNotMatch(String(page.headers["content-security-policy"]), /upgrade-insecure-requests/);
  assert.equal(page.headers["strict-transport-security"], undefined);
});

test("every script and style of the readable documentation is there", async (t) => {
  const site = await testSite(t);
  const page = await site.send("GET", "/api/docs", site.key("read"));
  const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
  assert.ok(parts.length >= 5);
  for (const part of parts) assert.equal((await site.send("GET", part, site.key("read"))).status, 200, part);
});

test("what is not there is answered in the form of every error", async (t) => {
  const site = await testSite(t);
  const none = await site.send("GET", "/api/nothing");
  assert.deepEqual([none.status, none.at("error.code")], [404, "not-found"]);
  const broken = await site.app.inject({
    method: "POST",
    url: "/api/login",
    headers: { "content-type": "application/json" },
    payload: "{",
  });
  assert.equal(broken.statusCode, 400);
  assert.match(broken.body, /^\{"error":\{"code":"invalid"/);
});
