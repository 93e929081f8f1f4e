/** The page inside each pack that checks it offline: the modules of `src/verify`, put into one file. */
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import type { ExportLanguage } from "../../contract/export.ts";
import { evidenceWords } from "./words.ts";

/** In an order in which nothing stands before what it uses. */
const modules = [
  new URL("../../verify/bytes.ts", import.meta.url),
  new URL("../../verify/sha256.ts", import.meta.url),
  new URL("../../verify/zip.ts", import.meta.url),
  new URL("../../verify/chain.ts", import.meta.url),
  new URL("../../verify/pack.ts", import.meta.url),
  new URL("../../verify/words.ts", import.meta.url),
];
const template = new URL("../../verify/page.html", import.meta.url);

/** Names that each module keeps to itself may be another's too: each gets a room of its own. */
function moduleText(url: URL): string {
  const source = readFileSync(url, "utf8");
  // the built package has plain JavaScript already
  const plain = url.pathname.endsWith(".ts") ? stripTypeScriptTypes(source) : source;
  const names = [...plain.matchAll(/^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm)].map(
    ([, name]) => name,
  );
  const body = plain.replaceAll(/^import [^;]*;\s*$/gm, "").replaceAll(/^export /gm, "");
  return `const { ${names.join(", ")} } = (() => {\n${body.trim()}\nreturn { ${names.join(", ")} };\n})();`;
}

export function verifierPage(language: ExportLanguage): string {
  const words = evidenceWords[language];
  const { title, says, key, zip, folder, limitsTitle } = words.page;
  const values: Readonly<Record<string, string>> = {
    ...{ language, title, says, key, zip, folder, limitsTitle },
    limits: words.limits.map((limit) => `<li>${limit}</li>`).join("\n"),
  };
  return readFileSync(template, "utf8")
    .replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "")
    .replace("/* modules */", () => modules.map(moduleText).join("\n\n"));
}
