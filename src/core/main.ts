import { execFile } from "node:child_process";
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
/** Exit code that tells the launcher that this was wanted: the battery is empty. */
const outOfPower = 3;
const core = startCore({
  shutDown: (how) => void stop(outOfPower).then(() => leave(how)),
  data: values.data,
  port,
  host: values.host,
  demo: values.demo,
  restarts: Number(values.restarts),
});
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => void stop(0).then((code) => process.exit(code)));

/** A second signal changes nothing: the children are ended by force after a while anyway. */
async function stop(code: number): Promise<number> {
  if (asked) return new Promise(() => undefined);
  asked = true;
  await (await core).stop();
  return code;
}

/** After everything was saved. The machine's own command needs the right to do so; without it only Reed is off. */
function leave(how: "stop" | "power-off"): void {
  if (how === "stop") process.exit(outOfPower);
  execFile("/sbin/shutdown", ["-h", "now"], (error) => {
    if (error !== null) console.error("core: the machine could not be switched off:", error.message);
    process.exit(outOfPower);
  });
}
