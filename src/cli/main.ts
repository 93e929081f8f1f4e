import { parseArgs } from "node:util";
import { resetAdministrator } from "./admin-reset.ts";
import { check } from "./check.ts";
import { tripDemo } from "./demo.ts";
import { defaultDataFolder } from "./data-folder.ts";
import { rebuild } from "./rebuild.ts";
import { run } from "./run.ts";
import { installService } from "./service.ts";
import { verifyPack } from "./verify.ts";

const usage = `Reed: an NVR that starts from the alarm contact.
It is not a certified intruder, hold-up or fire alarm and no substitute for one.

  reed run [--data DIR] [--port N] [--host ADDRESS] [--demo]   run the recorder
  reed service install [--data DIR] [--port N] [--print]       install (or only print) a systemd unit
  reed admin reset [--data DIR]                                forget all logins, print a new first-start address
  reed rebuild [--data DIR]                                    make the database anew from the journals
  reed check [--data DIR]                                      verify database, journals and footage
  reed verify FILE [--key FINGERPRINT] [--data DIR]            check an evidence pack (ZIP or folder), name what is wrong
  reed demo trip [N]                                           open contact N (1) of the running demo for 3 s

Options
  --data DIR      where everything lies (default ${defaultDataFolder(false)}; with --demo ${defaultDataFolder(true)})
  --port N        port of pages and API (default 8480)
  --key F         fingerprint of the site's key, as it was written down; --data: the keys of the recorder here
  --host ADDRESS  address to listen on (default 0.0.0.0)
  --demo          four cameras and an alarm board of its own, in a data folder of its own
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string" },
      port: { type: "string", default: "8480" },
      host: { type: "string", default: "0.0.0.0" },
      demo: { type: "boolean", default: false },
      key: { type: "string", multiple: true, default: [] },
      print: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const data = values.data ?? defaultDataFolder(values.demo);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port must be a number from 0 to 65535, not "${values.port}"`);
  }
  if (values.help) {
    console.log(usage);
    return 0;
  }
  switch (positionals.join(" ")) {
    case "run":
      return run({ data, port, host: values.host, demo: values.demo });
    case "service install":
      return installService({ data, port, host: values.host, printOnly: values.print });
    case "admin reset":
      return resetAdministrator(data, port);
    case "rebuild":
      return rebuild(data);
    case "check":
      return check(data);
    default:
      break;
  }
  const [command, file] = positionals;
  if (command === "verify" && file !== undefined && positionals.length === 2) {
    return verifyPack(file, { keys: values.key, data: values.data });
  }
  if (positionals[0] === "demo" && positionals[1] === "trip") {
    return tripDemo(values.data ?? defaultDataFolder(true), Number(positionals[2] ?? "1"), 3000);
  }
  console.error(usage);
  return 2;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
