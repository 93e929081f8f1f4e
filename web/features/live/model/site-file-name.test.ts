import assert from "node:assert/strict";
import { test } from "node:test";
import { siteFileName } from "./site-file-name.ts";

test("a picture is named by its camera and the site's time, as every file system takes it", () => {
  const wall = Date.UTC(2026, 10, 22, 13, 5, 9);
  assert.equal(siteFileName("Front door", wall, "Europe/Berlin", "jpg"), "Front door 2026-11-22 14-05-09.jpg");
  assert.equal(siteFileName('Yard: left/"right"', wall, "UTC", "jpg"), "Yard left right 2026-11-22 13-05-09.jpg");
});
