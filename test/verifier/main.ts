/** `node test/verifier/main.ts evidence.json`: verifies a run that was kept, prints each difference. */
import { readFileSync } from "node:fs";
import type { Evidence } from "./evidence.ts";
import { verify } from "./verify.ts";

const { differences, ...counts } = verify(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Evidence);
console.log(JSON.stringify(counts));
for (const difference of differences) console.log(difference);
process.exitCode = differences.length === 0 ? 0 : 1;
