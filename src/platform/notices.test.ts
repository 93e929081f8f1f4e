import assert from "node:assert/strict";
import { test } from "node:test";
import { readLicence, readNotices } from "./notices.ts";

test("every package that Reed runs with is named with its version and licence, tools for its making are not", async () => {
  const notices = await readNotices();
  const fastify = notices.find(({ name }) => name === "fastify");
  assert.equal(fastify?.licence, "MIT");
  assert.match(fastify.version, /^\d+\.\d+/);
  assert.ok(notices.some(({ name }) => name === "@mantine/core"));
  assert.ok(!notices.some(({ name }) => name === "oxlint"));
});

test("a package's licence is read as the package has it; what is no package of Reed's is not looked for", async () => {
  assert.match((await readLicence("fastify"))?.text ?? "", /Permission is hereby granted/);
  assert.equal(await readLicence("../src"), undefined);
});
