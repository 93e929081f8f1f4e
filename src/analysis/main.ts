import { parseArgs } from "node:util";
import { startAnalysis } from "./compose.ts";

const { values } = parseArgs({ options: { data: { type: "string" }, index: { type: "string", default: "0" } } });
if (values.data === undefined) throw new Error("--data is missing");

const abort = new AbortController();
const analysis = await startAnalysis(values.data, abort.signal, () => void stop());

async function stop(): Promise<void> {
  abort.abort();
  await analysis[Symbol.asyncDispose]();
  process.exit(0);
}
process.on("SIGTERM", () => void stop());
// the terminal's Ctrl-C goes to every process; core tells this one when to stop
process.on("SIGINT", () => undefined);
