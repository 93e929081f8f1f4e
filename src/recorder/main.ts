/** The recorder process: `node main.ts --data DIR --index N`. Ends on `stop` from core or SIGTERM, with all synced. */
import { parseArgs } from "node:util";
import { composeRecorder } from "./compose.ts";

const { values } = parseArgs({ options: { data: { type: "string" }, index: { type: "string", default: "0" } } });
if (values.data === undefined) throw new Error("--data DIR is missing");

const recorder = await composeRecorder(values.data, Number(values.index));
const signalled = new Promise<void>((resolve) => {
  process.once("SIGTERM", () => resolve());
  process.once("SIGINT", () => resolve());
});
await Promise.race([recorder.stopped, signalled]);
await recorder[Symbol.asyncDispose]();
process.exit(0);
