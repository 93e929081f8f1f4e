import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";

export interface ServiceOptions {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly printOnly: boolean;
}

/** Quotes an argument for ExecStart (systemd.service(5), "COMMAND LINES"). */
const quote = (text: string): string =>
  `"${text.replace(/[\\"]/g, "\\$&").replace(/%/g, "%%").replace(/\$/g, "$$$$")}"`;

/**
 * The unit: started at boot, restarted when it dies, stopped in order. `KillMode=mixed`: only the launcher gets the
 * stop signal, so that sirens go to rest and files are closed before anything is killed.
 */
export function unitFile(options: ServiceOptions, user: boolean): string {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const main = join(root, "dist", "cli", "main.js");
  const command = [
    process.execPath,
    main,
    "run",
    "--data",
    options.data,
    "--port",
    String(options.port),
    "--host",
    options.host,
  ];
  return `[Unit]
Description=Reed NVR
Wants=network-online.target
After=network-online.target time-sync.target local-fs.target

[Service]
Type=exec
ExecStart=${command.map(quote).join(" ")}
Environment=NODE_NO_WARNINGS=1
Restart=always
RestartSec=1
RestartPreventExitStatus=3
KillMode=mixed
TimeoutStopSec=30
OOMScoreAdjust=-500
LimitNOFILE=65536
NoNewPrivileges=true
${user ? "" : "ProtectSystem=full\nProtectKernelTunables=true\nProtectControlGroups=true\nRestrictSUIDSGID=true\n"}
[Install]
WantedBy=${user ? "default.target" : "multi-user.target"}
`;
}

/** Writes and enables the unit: for the machine as root, else for this user. */
export function installService(options: ServiceOptions): number {
  const user = process.getuid?.() !== 0;
  const unit = unitFile({ ...options, data: resolve(options.data) }, user);
  if (options.printOnly) {
    console.log(unit);
    return 0;
  }
  if (process.platform !== "linux")
    throw new Error("reed service install knows systemd only. Use --print as a template.");
  const folder = user ? join(homedir(), ".config", "systemd", "user") : "/etc/systemd/system";
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "reed.service");
  const replaced = existsSync(path);
  writeFileSync(path, unit);
  console.log(`${replaced ? "Replaced" : "Wrote"} ${path}`);
  const scope = user ? ["--user"] : [];
  for (const args of [["daemon-reload"], ["enable", "--now", "reed.service"]]) {
    const result = spawnSync("systemctl", [...scope, ...args], { stdio: "inherit" });
    if (result.status !== 0) {
      throw new Error(
        `systemctl ${[...scope, ...args].join(" ")} failed. The unit is written; start it by hand once systemd runs.`,
      );
    }
  }
  if (user) console.log(`To run without a login: loginctl enable-linger ${userInfo().username}`);
  return 0;
}
