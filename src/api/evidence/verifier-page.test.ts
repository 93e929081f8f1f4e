import assert from "node:assert/strict";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { verifierPage } from "./verifier-page.ts";

test("the page has every module in it, asks for nothing from outside, and its script runs", () => {
  for (const language of ["en", "de"] as const) {
    const page = verifierPage(language);
    assert.match(page, new RegExp(`<html lang="${language}">`));
    assert.doesNotMatch(page, /\{\{|\bimport\b[^K]*\bfrom "|https?:|src=/);
    const script = /<script type="module">([^]*)<\/script>/.exec(page)?.[1] ?? "";
    const element = { addEventListener: () => undefined, value: "", files: [] };
    const document = { documentElement: { lang: language }, getElementById: () => element };
    const known = runInContext(
      `${script}; [checkZip, checkFiles, streamingSha256, findingSentence].every((one) => typeof one === "function")`,
      createContext({ document, TextEncoder, TextDecoder }),
    ) as boolean;
    assert.equal(known, true);
  }
});
