import { parseArgs } from "node:util";
import { startCore } from "./compose.ts";

/** Exit code that tells the launcher not to start this again: it would end the same way. */
const hopeless = 2;

function fatal(what: string, error: unknown): void {
  console.error(`core: ${what}:`, error);
  process.exit(1);
}
process.on("uncaughtException", (error) => fatal("unexpected error", error));
process.on("unhandledRejection", (error) => fatal("unexpected rejection", error));

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    port: { type: "string", default: "8480" },
    host: { type: "string", default: "0.0.0.0" },
    demo: { type: "boolean", default: false },
    restarts: { type: "string", default: "0" },
  },
});
const port = Number(values.port);
if (values.data === undefined || !Number.isInteger(port)) {
  console.error("core: --data is missing or --port is no number");
  process.exit(hopeless);
}
let asked = false;
const core = startCore({
  data: values.data,
  port,
  host: values.host,
  demo: values.demo,
  restarts: Number(values.restarts),
});
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());

/** A second signal changes nothing: the children are ended by force after a while anyway. */
async function stop(): Promise<void> {
  if (asked) return;
  asked = true;
  await (await core).stop();
  process.exit(0);
}
