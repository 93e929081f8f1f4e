import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, changed, valuesOf } from "./notifier-fields.ts";

test("another way to encrypt brings its usual port, unless somebody chose a port", () => {
  const usual = changed(valuesOf("email"), "security", "tls");
  assert.equal(usual["port"], 465);
  const own = changed({ ...valuesOf("email"), port: 2525 }, "security", "tls");
  assert.equal(own["port"], 2525);
});

test("what is sent has the settings of its kind only, trimmed, and a secret as it was typed", () => {
  const values = { ...valuesOf("telegram"), name: " ", chat: " -100 ", token: " t ", topic: "left over" };
  assert.deepEqual(bodyOf("telegram", values), {
    ...{ kind: "telegram", enabled: true, snapshot: true },
    ...{ token: " t ", chat: "-100", url: "https://api.telegram.org" },
  });
});

test("a notifier that is changed begins with what it has", () => {
  const values = valuesOf("pushover", {
    ...{ notifier: 3, kind: "pushover", name: "Ann", enabled: false, snapshot: true },
    ...{ url: "https://api.pushover.net", token: "***", user: "u", device: "phone" },
  });
  assert.deepEqual([values["device"], values["enabled"], values["notifier"]], ["phone", false, undefined]);
});
