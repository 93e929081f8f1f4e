import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../messages/", import.meta.url);
type Messages = { readonly [key: string]: string | Messages };

function flat(messages: Messages, path = ""): Map<string, string> {
  const out = new Map<string, string>();
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === "string") out.set(path + key, value);
    else for (const [inner, text] of flat(value, `${path}${key}.`)) out.set(inner, text);
  }
  return out;
}

const read = (language: string, file: string) =>
  flat(JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), "utf8")) as Messages);
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*([^},\s]+)[^}]*\}\}|<\/?(\w+)\/?>/g)].map((m) => m[0]).sort();

test("every message is there in every language, with the same placeholders", () => {
  const english = readdirSync(new URL("en/", folder)).sort();
  assert.ok(english.length >= 2);
  for (const language of readdirSync(folder)) {
    assert.deepEqual(readdirSync(new URL(`${language}/`, folder)).sort(), english, `files of ${language}`);
    for (const file of english) {
      const [here, there] = [read("en", file), read(language, file)];
      assert.deepEqual([...there.keys()].sort(), [...here.keys()].sort(), `${language}/${file}`);
      for (const [key, text] of here) {
        const other = there.get(key) ?? "";
        assert.deepEqual(placeholders(other), placeholders(text), `${language}/${file}: ${key}`);
        assert.notEqual(other.trim(), "", `${language}/${file}: ${key} is empty`);
      }
    }
  }
});
