import { parseArgs } from "node:util";
import { startApi } from "./compose.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    port: { type: "string", default: "8480" },
    host: { type: "string", default: "0.0.0.0" },
    index: { type: "string", default: "0" },
  },
});
if (values.data === undefined) throw new Error("--data is missing");

const abort = new AbortController();
const options = { data: values.data, port: Number(values.port), host: values.host, index: Number(values.index) };
// core or a signal may ask for the end while the start is still under way
const stopAsked = Promise.withResolvers<undefined>();
const stop = () => stopAsked.resolve(undefined);
process.on("SIGTERM", stop);
// the terminal's Ctrl-C goes to every process; core tells this one when to stop
process.on("SIGINT", () => undefined);

const api = await startApi(options, abort.signal, stop);
await stopAsked.promise;
await api[Symbol.asyncDispose]();
abort.abort();
process.exit(0);
