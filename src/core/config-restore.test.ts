import assert from "node:assert/strict";
import { test } from "node:test";
import type { SiteConfig } from "../domain/site-config.ts";
import type { ConfigChange, ConfigPart } from "../messages/api.ts";
import { planRestore } from "./config-restore.ts";
import { channel, door, site } from "./test-rooms.test.ts";

const parts: readonly ConfigPart[] = ["site", "channel", "board", "output", "notifier", "input"];

const rowsOf = (config: SiteConfig): ConfigChange[] => [
  { part: "site", value: config.site },
  // inputs first: a restore puts rows in an order of its own
  ...config.inputs.map((value) => ({ part: "input", value }) as const),
  ...config.channels.map((value) => ({ part: "channel", value }) as const),
  ...config.boards.map((value) => ({ part: "board", value }) as const),
  ...config.outputs.map((value) => ({ part: "output", value }) as const),
];

const empty: SiteConfig = { ...site, channels: [], boards: [], inputs: [], outputs: [] };

test("an empty machine gets all that the backup has, and keeps its own volumes", () => {
  const planned = planRestore({ ...empty, site: { name: "New", timeZone: "UTC" } }, parts, rowsOf(site));
  assert.ok(planned.ok);
  assert.deepEqual(planned.value, { config: site, removed: [] });
});

test("what the machine has and the backup has not is removed", () => {
  const planned = planRestore({ ...site, channels: [...site.channels, channel(7)] }, parts, rowsOf(site));
  assert.ok(planned.ok);
  assert.deepEqual(planned.value.removed, [{ part: "channel", id: 7 }]);
  assert.deepEqual(planned.value.config, site);
});

test("a backup whose rows do not fit each other is refused as a whole", () => {
  const planned = planRestore(empty, parts, [
    ...rowsOf(site),
    { part: "input", value: { ...door, input: 9, board: 9 } },
  ]);
  assert.deepEqual(planned, {
    ok: false,
    error: { code: "invalid", message: "the backup does not fit: there is no board 9" },
  });
});

test("parts that stay must still fit what is restored", () => {
  const planned = planRestore(site, ["channel"], [{ part: "channel", value: channel(1) }]);
  assert.ok(!planned.ok && /"Front door" refers to something that would be gone/.test(planned.error.message));
});

test("a machine is never left without a volume, and no row comes in by a part that was not asked for", () => {
  const none = planRestore(empty, [...parts, "volume"], rowsOf(site));
  assert.ok(!none.ok && /no volume/.test(none.error.message));
  const stray = planRestore(empty, ["site"], rowsOf(site));
  assert.ok(!stray.ok && /not to be restored/.test(stray.error.message));
});
