// src/*.ts → dist/*.js: types stripped (Node's own stripper, so lines stay where they are), `.ts` imports renamed.
// Run with Node ≥ 24. Only files that changed are written.
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  existsSync,
  copyFileSync,
} from "node:fs";
import { createHash } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { dirname, join, relative } from "node:path";
import { stripTypeScriptTypes } from "node:module";
import { root } from "./node24.mjs";

process.removeAllListeners("warning");
process.on("warning", (warning) => {
  if (!/stripTypeScriptTypes/.test(warning.message)) console.warn(warning);
});

const source = join(root, "src");
const target = join(root, "dist");
const imports = /(\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)(["'])(\.{1,2}\/[^"']+)\.ts\2/g;

const kept = new Set();
/** The pages are Vite's own output, built below. */
const pages = join(target, "web");
let written = 0;
for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const from = join(entry.parentPath, entry.name);
  if (entry.name.endsWith(".test.ts") || from.includes("testdata")) continue;
  const to = join(target, relative(source, from)).replace(/\.ts$/, ".js");
  kept.add(to);
  if (existsSync(to) && statSync(to).mtimeMs >= statSync(from).mtimeMs) continue;
  mkdirSync(dirname(to), { recursive: true });
  if (!entry.name.endsWith(".ts")) copyFileSync(from, to);
  else writeFileSync(to, stripTypeScriptTypes(readFileSync(from, "utf8")).replace(imports, "$1$2$3.js$2"));
  written++;
}
if (existsSync(target)) {
  for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(path) && !path.startsWith(pages) && entry.name !== ".web-stamp") rmSync(path);
  }
}
if (written > 0) console.log(`Built ${written} files.`);

await buildPages();

/** Builds `web/` when anything that it is made of has changed; the stamp is a hash of those files. */
async function buildPages() {
  const hash = createHash("sha256");
  const parts = [
    "web",
    "src/contract",
    "src/domain",
    "src/kernel",
    "src/messages",
    "package-lock.json",
    "tools/build.mjs",
  ];
  for (const part of parts) {
    const path = join(root, part);
    const files = statSync(path).isFile()
      ? [path]
      : readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name))
          .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) hash.update(relative(root, file)).update(readFileSync(file));
  }
  const stamp = join(target, ".web-stamp");
  const wanted = hash.digest("hex");
  if (existsSync(join(pages, "index.html")) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const { build } = await import("vite");
  await build({ configFile: join(root, "web", "vite.config.ts"), logLevel: "warn" });
  compressPages();
  writeFileSync(stamp, wanted);
  console.log("Built the pages.");
}

/** Packed once here, not at every request: brotli for browsers of today, gzip for the rest. */
function compressPages() {
  for (const entry of readdirSync(pages, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|html|svg)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    if (bytes.length < 1024) continue;
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: quality }));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}
