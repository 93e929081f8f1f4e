import { parseArgs } from "node:util";
import { startDetection } from "./compose.ts";
import { wantedDecoder } from "./decoder/choose.ts";

const { values } = parseArgs({ options: { data: { type: "string" }, index: { type: "string", default: "0" } } });
if (values.data === undefined) throw new Error("--data is missing");

const abort = new AbortController();
const detection = await startDetection({
  ...{ data: values.data, signal: abort.signal, stopped: () => void stop() },
  decoder: wantedDecoder(process.env["REED_DECODER"]),
  hardware: process.env["REED_HARDWARE"],
  mostMemory: Number(process.env["REED_DETECTION_MEMORY"] ?? 0),
});

async function stop(): Promise<void> {
  abort.abort();
  await detection[Symbol.asyncDispose]();
  process.exit(0);
}
process.on("SIGTERM", () => void stop());
// the terminal's Ctrl-C goes to every process; core tells this one when to stop
process.on("SIGINT", () => undefined);
