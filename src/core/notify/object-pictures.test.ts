import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { instant, wallTime } from "../../kernel/time.ts";
import type { Receipt, ReceiptAction } from "../../domain/receipt.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import { keepPicture } from "../../platform/object-file.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { temporaryFolder } from "../../testkit/process.ts";
import { picturesOf } from "./message-pictures.ts";
import { openObjectPictures, type ObjectPictures } from "./object-pictures.ts";
import type { NotifierDeps } from "./ports.ts";

const noon = Date.UTC(2026, 10, 23, 12);
const jpeg = (byte: number) => Uint8Array.from([0xff, 0xd8, byte]);
const trip = (at: number, object: string, point = 11) => ({ channel: 3, point, at, object, label: "person" });
const point = { channel: 3, point: 11 };

test("who closed the contact at the time of the edge has a picture, the best so far; others and other times have none", async () => {
  await using folder = await temporaryFolder();
  const pictures = openObjectPictures(folder.path);
  assert.equal(await pictures.of(point, noon), undefined, "nobody was told of");
  const write = (from: number, byte: number) =>
    keepPicture(join(folder.path, "3"), { id: `${from}-1`, from }, jpeg(byte));
  for (const from of [noon - 1000, noon + 5000]) {
    await write(from, 1);
    pictures.tripped(trip(from + 900, `${from}-1`));
  }
  await write(noon - 1000, 7);
  const found = await pictures.of(point, noon);
  assert.deepEqual([found?.object, found?.label, found?.jpeg[2]], [`${noon - 1000}-1`, "person", 7]);
  assert.equal(await pictures.of({ ...point, point: 12 }, noon), undefined);
  assert.equal(await pictures.of({ ...point, channel: 4 }, noon), undefined);
  assert.equal(await pictures.of(point, noon + 60_000), undefined);
  pictures.tripped(trip(noon + 60_000, `${noon + 60_000}-2`));
  assert.equal(await pictures.of(point, noon + 60_000), undefined, "no picture lies there");
});

const record: ReceiptAction = {
  ...{ id: "a", target: { kind: "record", channel: 3, preS: 5 }, because: { rule: "input 1", eventId: "e" } },
};
const receipt = (actions: readonly ReceiptAction[] = [record], kind: "raised" | "cleared" = "raised"): Receipt => {
  const at = { bootId: "b", instant: instant(1), wall: wallTime(noon) };
  return { edge: { eventId: "e", input: 5, inputName: "Gate", kind, at, decidedAt: at }, armed: true, actions };
};

function told(objectPictures: Pick<ObjectPictures, "of">, snapshot: NotifierDeps["snapshot"]) {
  const config = {
    ...{ site: { name: "Shop", timeZone: "UTC" }, channels: [{ channel: 3, name: "Square" }] },
    boards: [{ board: 2, driver: { kind: "video-detection", channel: 3 } }],
    inputs: [{ input: 5, board: 2, point: 11 }],
  } as unknown as SiteConfig;
  const asked: string[] = [];
  const clock = fakeClock();
  const deps = {
    ...{ clock, objectPictures, snapshot, config: () => config },
    pictures: {
      of: () => Promise.resolve([{ channel: 3, nth: 1, jpeg: jpeg(2) }]),
      take: () => Promise.resolve(void asked.push("taken")),
    },
  } as unknown as NotifierDeps;
  const names = async (kind: "email" | "ntfy" | "push", of = receipt()) =>
    (await picturesOf(deps, of, kind)).map(({ name, jpeg: [, , byte] }) => `${name} ${byte}`);
  return { names, deps, clock };
}

const seen = { of: () => Promise.resolve({ channel: 3, object: "1-1", label: "person", jpeg: jpeg(9) }) };

test("a message about somebody who closed a contact has their picture before that of the camera", async () => {
  const { names, deps } = told(seen, () => Promise.resolve(jpeg(2)));
  for (const kind of ["email", "ntfy", "push"] as const)
    assert.deepEqual(await names(kind), ["square-person-1.jpg 9", "square-1.jpg 2"]);
  const [first] = await picturesOf(deps, receipt(), "push");
  assert.deepEqual(first?.seen, { channel: 3, object: "1-1" });
});

test("without a picture of theirs it has the camera's as before; of what ended, and off for privacy, nobody's goes out", async () => {
  const camera = () => Promise.resolve(jpeg(2));
  assert.deepEqual(await told({ of: () => Promise.resolve(undefined) }, camera).names("ntfy"), ["square-1.jpg 2"]);
  const { names } = told(seen, camera);
  assert.deepEqual(await names("ntfy", receipt([record], "cleared")), ["square-1.jpg 2"]);
  const hidden: ReceiptAction = { ...record, outcome: { kind: "suppressed", gate: "off for privacy" } };
  assert.deepEqual([await names("ntfy", receipt([hidden])), await names("ntfy", receipt([]))], [[], []]);
});

test("it is looked for once, when the message would go out: nothing waits for it", async () => {
  const order: string[] = [];
  const of = () => Promise.resolve(void order.push("object"));
  const { deps, clock } = told({ of }, () => new Promise(() => void order.push("camera")));
  const pictures = picturesOf(deps, receipt(), "ntfy");
  clock.advance(9000);
  assert.deepEqual(await pictures, []);
  assert.deepEqual(order, ["camera", "object"]);
});
