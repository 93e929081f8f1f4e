import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";

/** A layer, what it may import of ours, and what it may import from outside. `*` = anything from outside. */
interface Layer {
  readonly name: string;
  readonly files: RegExp;
  readonly ours: RegExp;
  readonly outside: RegExp;
}

const nothing = /^$/;
const anything = /.*/;
const webOutsideAndTypes = /^(react|@mantine\/|@tanstack\/|@tabler\/|i18next|hls\.js|dayjs|zod)/;
const webOutside = /^(react|@mantine\/|@tanstack\/|@tabler\/|i18next|hls\.js|dayjs)/;
/** First match wins; `compose.ts` and `main.ts` of a process join what it is made of. */
const layers: readonly Layer[] = [
  { name: "kernel", files: /^src\/kernel\//, ours: /^src\/kernel\//, outside: nothing },
  { name: "domain", files: /^src\/domain\//, ours: /^src\/(kernel|domain)\//, outside: nothing },
  { name: "media", files: /^src\/media\//, ours: /^src\/(kernel|media)\//, outside: nothing },
  { name: "messages", files: /^src\/messages\//, ours: /^src\/(kernel|domain|messages)\//, outside: nothing },
  { name: "contract", files: /^src\/contract\//, ours: /^src\/(kernel|domain|messages|contract)\//, outside: /^zod/ },
  // FFmpeg's pictures as JPEG, for the two processes that have it
  {
    name: "platform jpeg",
    files: /^src\/platform\/jpeg-frame\.ts$/,
    ours: nothing,
    outside: /^node-av/,
  },
  { name: "platform", files: /^src\/platform\//, ours: /^src\/(kernel|messages|platform)\//, outside: /^(node:|pino)/ },
  // who checks evidence trusts nothing of Reed
  { name: "verify", files: /^src\/verify\//, ours: /^src\/verify\//, outside: nothing },
  {
    name: "driver contract",
    files: /^src\/drivers\/[^/]+\.ts$/,
    ours: /^src\/(kernel|domain|drivers)\//,
    outside: /^node:/,
  },
  {
    name: "driver modbus",
    files: /^src\/drivers\/modbus/,
    ours: /^src\/(kernel|domain|drivers\/(modbus|[^/]+\.ts))/,
    outside: /^(node:|modbus-serial|serialport)/,
  },
  {
    name: "driver gpio",
    files: /^src\/drivers\/gpio/,
    ours: /^src\/(kernel|domain|drivers\/(gpio|[^/]+\.ts))/,
    outside: /^node:/,
  },
  {
    name: "driver mqtt",
    files: /^src\/drivers\/mqtt/,
    ours: /^src\/(kernel|domain|drivers\/(mqtt|[^/]+\.ts))/,
    outside: /^(node:|mqtt)/,
  },
  {
    name: "driver http-trigger",
    files: /^src\/drivers\/http-trigger/,
    ours: /^src\/(kernel|domain|drivers\/(http-trigger|[^/]+\.ts))/,
    outside: /^node:/,
  },
  {
    name: "driver camera-offline",
    files: /^src\/drivers\/camera-offline/,
    ours: /^src\/(kernel|domain|drivers\/(camera-offline|[^/]+\.ts))/,
    outside: /^node:/,
  },
  {
    name: "driver nut",
    files: /^src\/drivers\/nut/,
    ours: /^src\/(kernel|domain|drivers\/(nut|[^/]+\.ts))/,
    outside: /^node:/,
  },
  {
    name: "driver video-detection",
    files: /^src\/drivers\/video-detection/,
    ours: /^src\/(kernel|domain|drivers\/(video-detection|[^/]+\.ts))/,
    outside: /^node:/,
  },
  {
    name: "driver ptz",
    files: /^src\/drivers\/ptz/,
    ours: /^src\/(kernel|domain|drivers\/(ptz|[^/]+\.ts))/,
    outside: /^node:/,
  },
  {
    name: "driver camera events",
    files: /^src\/drivers\/camera-events/,
    ours: /^src\/(kernel|domain|drivers\/(camera-events|[^/]+\.ts))/,
    outside: /^node:/,
  },
  {
    name: "driver virtual",
    files: /^src\/drivers\/virtual/,
    ours: /^src\/(kernel|domain|drivers\/(virtual|[^/]+\.ts))/,
    outside: /^node:/,
  },
  {
    name: "store",
    files: /^src\/store\//,
    ours: /^src\/(kernel|domain|messages|platform|store)\//,
    outside: /^(node:|better-sqlite3|kysely)/,
  },
  {
    name: "compose",
    files: /^src\/(core|recorder|api|analysis|detection)\/(compose|main)\.ts$/,
    ours: /^src\/(?!testkit)/,
    outside: anything,
  },
  {
    // the ways out of the site speak protocols of their own
    name: "core notify",
    files: /^src\/core\/notify\//,
    // people read messages in the site's language; the sentences are text and nothing else
    ours: /^src\/(kernel|domain|messages|platform|core|contract\/sentences)\//,
    outside: /^(node:|nodemailer|mqtt|web-push)/,
  },
  {
    name: "core",
    files: /^src\/core\//,
    ours: /^src\/(kernel|domain|media|messages|platform|core|drivers\/driver\.ts|drivers\/(ptz|camera-events)\/driver\.ts|analysis\/ports\.ts)/,
    outside: /^node:/,
  },
  {
    // an object store; the client library is loaded by who has one
    name: "bucket",
    files: /^src\/bucket\//,
    ours: /^src\/(kernel|domain|bucket)\//,
    outside: /^(node:|@aws-sdk\/client-s3)/,
  },
  {
    // TLS and the client library are in a process of their own, which core starts
    name: "bucket process",
    files: /^src\/recorder\/archive\/s3\/main\.ts$/,
    ours: /^src\/(kernel|domain|messages|platform|recorder|bucket)\//,
    outside: /^node:/,
  },
  {
    name: "recorder",
    files: /^src\/recorder\//,
    ours: /^src\/(kernel|domain|media|messages|platform|recorder|bucket\/(port|heads))(\/|\.ts$)/,
    outside: /^node:/,
  },
  {
    name: "api",
    files: /^src\/api\//,
    ours: /^src\/(kernel|domain|media|messages|platform|contract|store|bucket|api)\//,
    outside: /^(?!better-sqlite3|modbus-serial|mqtt|node-av)/,
  },
  {
    name: "analysis",
    files: /^src\/analysis\//,
    ours: /^src\/(kernel|domain|media|vision|messages|platform|analysis)\//,
    outside: /^(node:|node-av)/,
  },
  {
    name: "detection",
    files: /^src\/detection\//,
    ours: /^src\/(kernel|domain|media|messages|platform|detection)\//,
    outside: /^(node:|node-av|onnxruntime-node)/,
  },
  {
    name: "testkit",
    files: /^src\/testkit\//,
    ours: /^src\/(kernel|domain|media|messages|platform|drivers|testkit)\//,
    outside: anything,
  },
  { name: "cli", files: /^src\/cli\//, ours: /^src\//, outside: anything },
  { name: "web build", files: /^web\/vite\.config\.ts$/, ours: nothing, outside: anything },
  { name: "web messages", files: /^web\/shared\/messages\.d\.ts$/, ours: /^web\/messages\/en\//, outside: nothing },
  {
    name: "web shared",
    files: /^web\/shared\//,
    ours: /^(web\/(shared|messages)|src\/(contract|kernel|domain|messages))\//,
    outside: webOutsideAndTypes,
  },
  {
    // a feature never imports another one: what two need is shared
    name: "web features",
    files: /^web\/features\//,
    ours: /^(web\/(shared|features)|src\/(contract|kernel|domain|messages))\//,
    outside: webOutside,
  },
  { name: "web app", files: /^web\/app\//, ours: /^(web|src\/(contract|domain|messages))\//, outside: webOutside },
];

const importLine = /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;

function importsOf(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(importLine)].map((match) => match[1] ?? match[2] ?? "");
}

const sources = [...globSync("src/**/*.ts"), ...globSync("web/**/*.{ts,tsx}")].map((path) =>
  path.replaceAll("\\", "/"),
);

test("every source file belongs to a layer and imports only what the layer may", () => {
  const broken: string[] = [];
  for (const file of sources.filter((path) => !path.endsWith(".test.ts"))) {
    const layer = layers.find((candidate) => candidate.files.test(file));
    if (layer === undefined) {
      broken.push(`${file}: belongs to no layer`);
      continue;
    }
    for (const name of importsOf(file)) {
      const inside = name.startsWith(".") ? normalize(join(dirname(file), name)) : undefined;
      const allowed = inside === undefined ? layer.outside.test(name) : layer.ours.test(inside);
      if (!allowed) broken.push(`${file} (${layer.name}) may not import ${inside ?? name}`);
    }
  }
  assert.deepEqual(broken, []);
});

test("a feature of the pages imports no other feature, and only the pages' two doors talk to the server", () => {
  const broken: string[] = [];
  const feature = (path: string) => /^web\/features\/([^/]+)\//.exec(path)?.[1];
  for (const file of sources.filter((path) => path.startsWith("web/") && !path.endsWith(".test.ts"))) {
    const inside = importsOf(file).filter((name) => name.startsWith("."));
    for (const path of inside.map((name) => normalize(join(dirname(file), name)).replaceAll("\\", "/"))) {
      const [from, to] = [feature(file), feature(path)];
      if (from !== undefined && to !== undefined && from !== to) broken.push(`${file} may not import ${path}`);
    }
    const asks = /\bfetch\(|new WebSocket\(|new EventSource\(/.test(readFileSync(file, "utf8"));
    if (asks && !file.startsWith("web/shared/")) broken.push(`${file} talks to the server past web/shared`);
  }
  assert.deepEqual(broken, []);
});

test("every layer of the table has files, so that no row is dead", () => {
  const empty = layers.filter((layer) => !sources.some((file) => layer.files.test(file))).map((layer) => layer.name);
  assert.deepEqual(empty, []);
});

/** What the files of a folder are made of, through all that they import: each file, and what it imports by name. */
function madeOf(folder: RegExp): Map<string, readonly string[]> {
  const seen = new Map<string, readonly string[]>();
  const follow = (file: string): void => {
    if (seen.has(file)) return;
    const names = importsOf(file);
    seen.set(file, names);
    for (const name of names.filter((one) => one.startsWith(".")))
      follow(normalize(join(dirname(file), name)).replaceAll("\\", "/"));
  };
  for (const file of sources.filter((path) => folder.test(path) && !path.endsWith(".test.ts"))) follow(file);
  return seen;
}

const importing = (files: Map<string, readonly string[]>, what: RegExp): string[] =>
  [...files].flatMap(([file, names]) =>
    names.filter((name) => what.test(name)).map((name) => `${file} imports ${name}`),
  );

test("the recorder starts no process and no thread, nor does anything that it is made of", () => {
  const files = madeOf(/^src\/recorder\//);
  assert.deepEqual(importing(files, /^(node:)?(child_process|cluster|worker_threads)$/), []);
  assert.ok(files.has("src/recorder/main.ts") && files.has("src/platform/lines.ts") && files.has("src/media/block.ts"));
});

test("FFmpeg and the runtime of models are in analysis and detection, and in nothing that another process is made of", () => {
  const decodes = /^(node-av|onnxruntime)/;
  assert.deepEqual(importing(madeOf(/^src\/(core|recorder|api|bucket|drivers)\//), decodes), []);
  for (const folder of [/^src\/analysis\//, /^src\/detection\//]) {
    const files = madeOf(folder);
    assert.ok(files.has("src/platform/jpeg-frame.ts") && importing(files, decodes).length > 0);
  }
});

test("only platform/clock.ts and tests ask what time it is", () => {
  const asking = sources
    .filter((file) => file.startsWith("src/"))
    .filter((file) => !/\.test\.ts$|^src\/platform\/clock\.ts$|^src\/testkit\//.test(file))
    .filter((file) => /\bDate\.now\(|\bnew Date\(\)|process\.hrtime/.test(readFileSync(file, "utf8")));
  assert.deepEqual(asking, []);
});

test("the import reader sees every way of importing", () => {
  assert.ok(importsOf("src/platform/journal-file.ts").includes("node:fs"));
  assert.ok(importsOf("src/media/types.ts").includes("../kernel/time.ts"));
});
