import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { childrenOf, literalText, memberName, parseSource, type SyntaxNode } from "../../test/support/syntax-tree.ts";
import { issuesWords } from "./issue-words.ts";
import { refusalInGerman } from "./sentences/fields.ts";

const body = z.strictObject({
  name: z.string().min(1).max(20),
  port: z.int().min(1).max(65_535).optional(),
  share: z.number().gt(0).multipleOf(0.5).optional(),
  kind: z.enum(["door", "window"]).optional(),
  driver: z.discriminatedUnion("kind", [z.object({ kind: z.literal("modbus") })]).optional(),
  week: z
    .array(z.object({ from: z.iso.time() }))
    .max(1)
    .optional(),
});

const refused = (value: unknown): string => {
  const { error } = body.safeParse(value);
  return issuesWords((error?.issues ?? []).map((issue) => ({ ...issue })));
};

/** Bodies that are refused, why in English and in German. */
const cases: readonly (readonly [unknown, string, string])[] = [
  [{}, "name: is missing", "Name: fehlt"],
  [{ name: 5 }, "name: must be a text", "Name: muss ein Text sein"],
  [{ name: "" }, "name: must not be empty", "Name: darf nicht leer sein"],
  [{ name: "x".repeat(21) }, "name: must have at most 20 characters", "Name: darf höchstens 20 Zeichen haben"],
  [
    { name: "a", port: 0, share: 0 },
    "port: must be at least 1; share: must be more than 0",
    "Port: muss mindestens 1 sein; share: muss größer als 0 sein",
  ],
  [{ name: "a", port: 1.5 }, "port: must be a whole number", "Port: muss eine ganze Zahl sein"],
  [{ name: "a", share: 0.7 }, "share: must be a multiple of 0.5", "share: muss ein Vielfaches von 0.5 sein"],
  [{ name: "a", kind: "roof" }, "kind: must be one of: door, window", "Art: muss eines davon sein: door, window"],
  [
    { name: "a", driver: { kind: "none" } },
    "driver.kind: fits none of the kinds that it may be",
    "Art: passt zu keiner der möglichen Arten",
  ],
  [
    { name: "a", week: [{ from: "25:00" }] },
    "week.0.from: is not written as it must be",
    "Von: ist nicht so geschrieben, wie es sein muss",
  ],
  [
    { name: "a", week: [{ from: "01:00" }, { from: "02:00" }] },
    "week: must have at most 1 entries",
    "week: darf höchstens 1 Einträge haben",
  ],
  [{ name: "a", nmae: 1 }, "has members that are not known: nmae", "hat unbekannte Angaben: nmae"],
];

test("a field that is refused is named, and what it must be, in English and in German", () => {
  for (const [value, english, german] of cases) {
    assert.equal(refused(value), english);
    assert.equal(refusalInGerman(english), german);
  }
});

test("what nobody translated is not half German", () => {
  assert.equal(refusalInGerman("name: is missing; port: has a hole"), undefined);
});

test("a sentence with a semicolon of its own is one", () => {
  assert.equal(
    refusalInGerman("timeZone: is not a time zone of the IANA list; write one like Europe/Berlin; name: is missing"),
    "Zeitzone: ist keine Zeitzone der IANA-Liste; eine wie Europe/Berlin schreiben; Name: fehlt",
  );
});

/** The sentences that schemas carry themselves, with a sample for what differs. */
function carried(path: string): readonly string[] {
  const tree = parseSource(path, readFileSync(path, "utf8"));
  const found: string[] = [];
  const take = (node: SyntaxNode | undefined): void => {
    const text = node === undefined ? undefined : literalText(node);
    if (text !== undefined) found.push(text);
  };
  const look = (node: SyntaxNode): void => {
    if (node.type === "CallExpression" && /\.(refine|regex)$|^refuse$/.test(tree.textOf(node.callee).slice(-8)))
      take(node.arguments[1]);
    if (node.type === "Property" && memberName(tree, node) === "message") take(node.value);
    for (const child of childrenOf(node)) look(child);
  };
  look(tree.root);
  return found;
}

test("every sentence of a schema can be said in German", () => {
  const sentences = globSync("src/contract/*.ts")
    .filter((path) => !path.endsWith(".test.ts"))
    .flatMap(carried);
  assert.ok(sentences.length > 40, "finds them");
  const missing = sentences.filter((sentence) => refusalInGerman(`name: ${sentence}`) === undefined);
  assert.deepEqual(missing, []);
});
