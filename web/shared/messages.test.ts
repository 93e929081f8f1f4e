import assert from "node:assert/strict";
import { globSync, readdirSync, readFileSync } from "node:fs";
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

const web = new URL("..", import.meta.url).pathname;

/** Sources that may say a message: a feature's own where there is one, and what all share. */
function sourcesOf(namespace: string, sources: ReadonlyMap<string, string>): string {
  const own = `features/${namespace}/`;
  const ofFeature = [...sources.keys()].some((path) => path.startsWith(own));
  const counts = (path: string) => !ofFeature || !path.startsWith("features/") || path.startsWith(own);
  return [...sources].flatMap(([path, text]) => (counts(path) ? text : [])).join("\n");
}

/** Is the key written out somewhere, or put together from a beginning (`column.${name}`) or an ending (`${part}.title`)? */
function isUsed(namespace: string, key: string, source: string): boolean {
  const plain = key.replace(/_(zero|one|two|few|many|other)$/, "");
  const parts = plain.split(".");
  const beginnings = parts.map((_, index) => `\`${parts.slice(0, index + 1).join(".")}.\${`);
  const endings = parts.map((_, index) => `}.${parts.slice(index).join(".")}\``);
  // most are written out: looked for first, and all of the sources are looked through for few
  const forms = [`"${plain}"`, `\`${plain}\``, ...beginnings];
  return (
    forms.some((form) => source.includes(form) || source.includes(`${form.charAt(0)}${namespace}:${form.slice(1)}`)) ||
    endings.some((ending) => source.includes(ending))
  );
}

test("every message is said by somebody", () => {
  const paths = globSync("{features,shared,app}/**/*.{ts,tsx}", { cwd: web });
  const sources = new Map(paths.map((path) => [path, readFileSync(`${web}/${path}`, "utf8")]));
  const unused = readdirSync(new URL("en/", folder)).flatMap((file) => {
    const namespace = file.replace(".json", "");
    const source = sourcesOf(namespace, sources);
    return [...read("en", file).keys()]
      .filter((key) => !isUsed(namespace, key, source))
      .map((key) => `${file}: ${key}`);
  });
  assert.deepEqual(unused, []);
});
