import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { lineSentences } from "../../src/contract/sentences/lines.ts";
import { inGerman, sentencesInGerman } from "../../src/contract/sentences/index.ts";
import {
  childrenOf,
  literalText,
  memberName,
  parseSource,
  type SourceTree,
  type SyntaxNode,
} from "../../test/support/syntax-tree.ts";

/** Calls and members whose texts people read on a page. */
const calls =
  /^(failed|suppressed|refused|conflict|notFound|invalid|unavailable|refuse|beginTrouble|is|raise|fail|failure|show|unfit|gone|err|ApiFailure|Error|Unauthorized|StalledError)$/;
const members = /^(reason|gate|why|what|problem|message)$/;
const folders = "{domain,core,detection,recorder,drivers,media/rtsp,api,platform}";
/** What they say goes to programs or the log, or stops a process at its start. */
const unseen =
  /test|conformance|\/main\.ts$|core\/supervisor|notify\/mqtt\/commands|drivers\/mqtt\/protocol|platform\/(lines|media-reader|journal-file)|whole-file|volume-journal|read-pieces|receipt-book|zip-thread/;
const notOnPages =
  /^is not allowed$|^The key of this trigger|^AAC made of|^COPY, encoded|^the first start$|^a one-time link$|^This make has|is gone7; was it/;

/** A text with a sample for what stands in it; `undefined` for what is none. */
function textOf(node: SyntaxNode): string | undefined {
  if (node.type !== "BinaryExpression" || node.operator !== "+") return literalText(node);
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

function calledName(tree: SourceTree, node: SyntaxNode): string {
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return "";
  const { callee } = node;
  return tree.textOf(callee.type === "MemberExpression" ? callee.property : callee);
}

const isSaid = (tree: SourceTree, node: SyntaxNode): boolean =>
  members.test(memberName(tree, node) ?? "") || calls.test(calledName(tree, node));

/** Texts of a node, not those inside a call of its own. */
function textsIn(node: SyntaxNode, found: string[]): void {
  const joined = textOf(node);
  if (joined !== undefined) found.push(joined);
  else for (const child of childrenOf(node)) textsIn(child, found);
}

function saidIn(path: string): readonly string[] {
  const tree = parseSource(path, readFileSync(path, "utf8"));
  const found: string[] = [];
  const look = (node: SyntaxNode): void => {
    if (isSaid(tree, node)) textsIn(node, found);
    else for (const child of childrenOf(node)) look(child);
  };
  look(tree.root);
  return found.filter((text) => /[a-z]{2,} .*[a-z]/i.test(text) && !notOnPages.test(text));
}

const placeholders = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).sort();

test("every sentence has the same placeholders in German", () => {
  for (const [english, german] of Object.entries({ ...sentencesInGerman, ...lineSentences })) {
    assert.deepEqual(placeholders(german), placeholders(english), english);
    assert.notEqual(german.trim(), "", english);
  }
});

test("what the server says to people can be said in German", () => {
  const files = globSync(`src/${folders}/**/*.ts`).filter((path) => !unseen.test(path));
  const said = files.flatMap((path) => saidIn(path).map((text) => ({ path, text })));
  assert.ok(said.length > 150, "finds what is said");
  const missing = said.filter(({ text }) => inGerman(text) === undefined);
  assert.deepEqual(missing, []);
});

/** Sentences of the platform under us, and those that are put together of parts. */
const foreign =
  /^connect ECONN|^getaddrinfo|^The operation was aborted|^no (whole )?answer within 1 s|^unit .* two wires|^the serial port .*\{why|: no channel affected$|can.t be synced|^only \{s\} s before|^"\{name\}" is (open|at fault) and|^This login may not see (live|recorded|input)|two logins, so it is left|^the picture could not|^(user|key) \{who/;

test("what stands in the list is still said by somebody", () => {
  const sources = globSync(["src/**/*.ts", "web/shared/api-client.ts"])
    .filter((path) => !path.startsWith("src/contract/sentences/"))
    .map((path) => readFileSync(path, "utf8").replaceAll(/" \+\s+"|` \+\s+"|\\(?=")/g, ""));
  const unsaid = Object.keys(sentencesInGerman).filter((english) => {
    const [longest = ""] = english.split(/\{\w+\}/).sort((a, b) => b.length - a.length);
    return !foreign.test(english) && !sources.some((source) => source.includes(longest));
  });
  assert.deepEqual(unsaid, []);
});

test("a sentence inside another one is said in German too; names stay as they are", () => {
  const said = inGerman("Channel 3 (Yard and gate): 192.0.2.7 refuses connections on port 554.");
  assert.equal(said, "Kanal 3 (Yard and gate): 192.0.2.7 weist Verbindungen auf Port 554 ab.");
  assert.equal(
    inGerman("only if Door or Gate was raised within 30 s; the last was 41 s before"),
    "nur wenn Door oder Gate innerhalb von 30 s ausgelöst hat; zuletzt 41 s davor",
  );
  assert.equal(
    inGerman("board lost: Cellar: no connection to 192.0.2.9:502: the host cannot be reached"),
    "Modul weg: Cellar: keine Verbindung zu 192.0.2.9:502: das Gerät ist nicht erreichbar",
  );
  assert.equal(
    inGerman("board lost: no connection to 192.0.2.9:502: no answer within 3 s"),
    "Modul weg: keine Verbindung zu 192.0.2.9:502: keine Antwort innerhalb von 3 s",
  );
  assert.equal(inGerman("Siren is told on but reads back off"), "Siren soll an sein, liest sich aber als aus zurück");
  assert.equal(inGerman("2.0 s missing: the plug fell out"), "2,0 s fehlen: the plug fell out");
  assert.equal(inGerman("an old journal's own words"), undefined);
});
