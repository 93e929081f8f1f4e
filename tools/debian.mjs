// The Debian packages that the peer, crash and power-cut tests run against. Installed when this may be done (root with
// apt-get); otherwise the tests that need them say plainly what they skipped. With CI=true nothing may be skipped.
import { spawnSync } from "node:child_process";

export const debianPackages = [
  "ffmpeg",
  "gir1.2-gst-rtsp-server-1.0",
  "gstreamer1.0-plugins-base",
  "gstreamer1.0-plugins-good",
  "gstreamer1.0-plugins-bad",
  "python3-gi",
  "mosquitto",
  "mosquitto-clients",
  "python3-pymodbus",
  "fuse3",
  "python3-fusepy",
  "python3-serial",
  "python3-serial-asyncio",
  "strace",
  "chromium",
  "openssl",
];

const installed = (name) => {
  const query = spawnSync("dpkg-query", ["-W", "-f=${Status}", name], { encoding: "utf8" });
  return query.status === 0 && query.stdout.includes("install ok installed");
};

export function ensureDebian(names) {
  const missing = names.filter((name) => !installed(name));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) {
    console.log(`Not installed, and this user may not: ${missing.join(" ")}. Tests that need them will say so.`);
    return;
  }
  console.log(`Installing Debian packages: ${missing.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // a mirror that answers nothing must not keep everybody waiting
  const timeout = 900_000;
  spawnSync("apt-get", ["update", "-qq"], { stdio: "inherit", env, timeout });
  const result = spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], {
    stdio: "inherit",
    env,
    timeout,
  });
  if (result.status !== 0) console.log("apt-get failed; tests that need these packages will say so.");
}
