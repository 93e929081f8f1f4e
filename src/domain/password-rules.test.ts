import assert from "node:assert/strict";
import { test } from "node:test";
import { isAllowedPassword, passwordRules } from "./password-rules.ts";

test("a password has ten characters and is not the name, whatever its capitals", () => {
  assert.deepEqual(passwordRules("ann", "nine char"), { longEnough: false, notTheName: true });
  assert.deepEqual(passwordRules(" Annabelle-Lee ", "annabelle-LEE"), { longEnough: true, notTheName: false });
  assert.equal(isAllowedPassword("ann", "correct horse"), true);
});

test("nothing typed yet keeps no rule", () => {
  assert.deepEqual(passwordRules("", ""), { longEnough: false, notTheName: false });
});
