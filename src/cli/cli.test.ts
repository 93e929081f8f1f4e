import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { SiteConfig } from "../domain/site-config.ts";
import { checkChange } from "../core/config-check.ts";
import { withChange } from "../core/config-book.ts";
import { emptyConfig } from "../store/config-rows.ts";
import { demoChanges, type DemoServes } from "./demo-site.ts";
import { unitFile } from "./service.ts";

const service = { data: "/srv/reed data", port: 8480, host: "0.0.0.0", printOnly: true };

test("the systemd unit asks only the launcher to stop, gives it time, and starts it again when it dies", () => {
  const unit = unitFile(service, false);
  assert.match(unit, /^KillMode=mixed$/m);
  assert.match(unit, /^TimeoutStopSec=30$/m);
  assert.match(unit, /^Restart=always$/m);
  assert.match(unit, /^ExecStart=".*node" ".*main\.js" "run" "--data" "\/srv\/reed data" "--port" "8480"/m);
  assert.match(unitFile(service, true), /^WantedBy=default\.target$/m);
});

test("a percent sign or a dollar in a path means itself to systemd", () => {
  assert.match(unitFile({ ...service, data: '/srv/50% "of" $HOME' }, false), /"\/srv\/50%% \\"of\\" \$\$HOME"/);
});

test("systemd finds nothing wrong with the unit", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "rc-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "reed.service");
  writeFileSync(path, unitFile(service, false).replace(/"[^"]*main\.js"/, `"${process.execPath}"`));
  const verified = spawnSync("systemd-analyze", ["verify", path], { encoding: "utf8", timeout: 30_000 });
  if (verified.error !== undefined) {
    t.skip("systemd-analyze is not installed");
    return;
  }
  assert.equal(
    verified.stderr
      .split("\n")
      .filter((line) => line.includes("reed.service"))
      .join("\n"),
    "",
  );
});

const serves = (port: number): DemoServes => ({
  cameras: ["Front door", "Yard", "Garage", "Hall"].map((name, i) => ({
    name,
    url: `rtsp://127.0.0.1:${port}/cam${i + 1}`,
    subUrl: `rtsp://127.0.0.1:${port}/cam${i + 1}/sub`,
  })),
  events: { port: port + 2, tripwire: "Path" },
  board: { host: "127.0.0.1", port: port + 1, unit: 1 },
  contacts: ["Front door", "Back gate", "Garage door", "Panic button"],
  relays: ["Siren", "Porch light"],
});

function applied(known: SiteConfig, demo: DemoServes): SiteConfig {
  return demoChanges(demo, known).reduce((config, change) => {
    const checked = checkChange(config, change);
    assert.ok(checked.ok, JSON.stringify(checked));
    return withChange(config, change);
  }, known);
}

test("the demo's settings pass the same checks as a user's, and every contact records a camera", () => {
  const config = applied(emptyConfig(), serves(8554));
  assert.deepEqual([config.channels.length, config.inputs.length, config.outputs.length], [4, 4, 2]);
  assert.ok(config.inputs.every((input) => input.linkage.recordChannels.length > 0));
});

test("a second start of the demo keeps what its user changed and only follows the new ports", () => {
  const first = applied(emptyConfig(), serves(8554));
  const [door, ...others] = first.inputs;
  assert.ok(door !== undefined);
  const changed: SiteConfig = {
    ...first,
    inputs: [{ ...door, name: "Renamed" }, ...others],
    channels: first.channels.filter((channel) => channel.channel !== 3),
  };
  const second = applied(changed, serves(9000));
  assert.equal(second.inputs[0]?.name, "Renamed");
  assert.deepEqual(
    second.channels.map((channel) => channel.channel),
    [1, 2, 4],
  );
  assert.equal(second.channels[0]?.mainUrl, "rtsp://127.0.0.1:9000/cam1");
  const [board] = second.boards;
  assert.ok(board?.driver.kind === "modbus-tcp" && board.driver.port === 9001);
});
