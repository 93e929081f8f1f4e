/** What the operating system tells of itself and of our processes. */
import { existsSync, readFileSync } from "node:fs";
import { hostname, networkInterfaces, uptime } from "node:os";

/** Processor time and memory of one process. */
export interface ProcessUsage {
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** How long it has run. */
  readonly ageMs: number;
}

/** Linux tells times in hundredths of a second, whatever its own tick (`USER_HZ`, proc(5)). */
const tickMs = 10;

/** Undefined where the system has no `/proc` or no such process. */
export function processUsage(pid: number): ProcessUsage | undefined {
  try {
    return parseUsage({
      stat: readFileSync(`/proc/${pid}/stat`, "utf8"),
      status: readFileSync(`/proc/${pid}/status`, "utf8"),
      upMs: Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]) * 1000,
    });
  } catch {
    // it ended, or this system has no /proc: nothing is known then
    return undefined;
  }
}

/** proc(5): `stat` after the name in brackets, which may itself hold brackets and blanks. */
export function parseUsage(files: { readonly stat: string; readonly status: string; readonly upMs: number }) {
  const fields = files.stat
    .slice(files.stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [user = 0, kernel = 0, started = 0] = [fields[11], fields[12], fields[19]];
  const rssKb = Number(/^VmRSS:\s*(\d+)/m.exec(files.status)?.[1] ?? 0);
  return { cpuMs: (user + kernel) * tickMs, rssBytes: rssKb * 1024, ageMs: files.upMs - started * tickMs };
}

export interface MachineNetwork {
  readonly hostname: string;
  readonly addresses: readonly { readonly name: string; readonly address: string; readonly family: "IPv4" | "IPv6" }[];
  readonly systemTimeZone: string;
  readonly upMs: number;
  readonly clock: { readonly synchronised: "yes" | "no" | "unknown"; readonly by: string };
}

export const machineNetwork = (): MachineNetwork => ({
  hostname: hostname(),
  addresses: Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? []).flatMap(({ address, family, internal }) =>
      internal || address.startsWith("fe80:") ? [] : [{ name, address, family }],
    ),
  ),
  systemTimeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  upMs: uptime() * 1000,
  clock: clockKeeper(existsSync),
});

/** What there is to believe the machine's clock by; Linux shows a clock with a battery as `rtc0` (rtc(4)). */
export const machineClock = (): {
  readonly synchronised: "yes" | "no" | "unknown";
  readonly hasHardwareClock: boolean;
} => ({
  synchronised: clockKeeper(existsSync).synchronised,
  hasHardwareClock: process.platform !== "linux" || existsSync("/sys/class/rtc/rtc0"),
});

/** Who keeps the clock, as far as files tell; systemd-timesyncd(8) makes `synchronized` at its first answer. */
export function clockKeeper(exists: (path: string) => boolean): MachineNetwork["clock"] {
  if (exists("/run/systemd/timesync/synchronized")) return { synchronised: "yes", by: "systemd-timesyncd" };
  if (exists("/run/chrony/chronyd.pid")) return { synchronised: "unknown", by: "chrony" };
  if (exists("/run/ntpd.pid") || exists("/var/run/ntpd.pid")) return { synchronised: "unknown", by: "ntpd" };
  if (exists("/run/systemd/timesync")) return { synchronised: "no", by: "systemd-timesyncd" };
  return { synchronised: "unknown", by: "" };
}
