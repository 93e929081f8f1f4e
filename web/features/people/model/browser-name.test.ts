import assert from "node:assert/strict";
import { test } from "node:test";
import { browserName } from "./browser-name.ts";

test("a browser is told by its name and system, not by its whole line", () => {
  const chrome =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
  assert.equal(browserName(chrome), "Chrome, Windows");
  assert.equal(browserName(`${chrome} Edg/140.0.0.0`), "Edge, Windows");
  const iphone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
  assert.equal(browserName(iphone), "Safari, iOS");
  assert.equal(browserName("curl/8.1"), "curl");
  assert.equal(browserName("something of its own"), "something of its own");
  assert.equal(browserName(""), "");
});
