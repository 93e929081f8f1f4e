import assert from "node:assert/strict";
import { test } from "node:test";
import { browserName, fromBase64Url, isApplePhone, pushHindrance, toBase64Url, type PushFacts } from "./push-state.ts";

const fine: PushFacts = {
  ...{ secure: true, worker: true, push: true, apple: false, standalone: false, permission: "default" },
};
const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1";

test("a page over plain HTTP says so first, whatever else is missing", () => {
  assert.equal(pushHindrance({ ...fine, secure: false, worker: false, push: false, apple: true }), "insecure");
});

test("on an iPhone it takes the home screen, elsewhere a browser that knows push", () => {
  assert.equal(pushHindrance({ ...fine, apple: true, push: false }), "homeScreen");
  assert.equal(pushHindrance({ ...fine, apple: true, standalone: true }), undefined);
  assert.equal(pushHindrance({ ...fine, push: false }), "noPush");
});

test("a browser whose user said no is not asked again; one that was not asked can be subscribed", () => {
  assert.equal(pushHindrance({ ...fine, permission: "denied" }), "denied");
  assert.equal(pushHindrance(fine), undefined);
});

test("a browser is called as people call it", () => {
  assert.equal(browserName(iphone), "Safari · iPhone");
  assert.equal(
    browserName("Mozilla/5.0 (Android 14; Mobile; rv:126.0) Gecko/126.0 Firefox/126.0"),
    "Firefox · Android",
  );
  const edge = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/125.0 Safari/537.36 Edg/125.0";
  assert.equal(browserName(edge), "Edge · Windows");
  assert.equal(browserName("curl"), "Browser");
  assert.deepEqual(
    [isApplePhone(iphone, 5), isApplePhone("Macintosh", 5), isApplePhone("Macintosh", 0)],
    [true, true, false],
  );
});

test("keys come back as they went", () => {
  const bytes = Uint8Array.from({ length: 65 }, (_, index) => (index * 37) % 256);
  assert.deepEqual(fromBase64Url(toBase64Url(bytes)), bytes);
  assert.match(toBase64Url(bytes), /^[A-Za-z0-9_-]{87}$/);
});
