import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { channelRow } from "../../testkit/store-rows.ts";
import { quietState, testSite } from "../test-site.test.ts";
import { lastPictures, type TakenPicture } from "./last-pictures.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

function decoder() {
  const asked: { channel: number; done: PromiseWithResolvers<TakenPicture> }[] = [];
  const take = (channel: number) => {
    const done = Promise.withResolvers<TakenPicture>();
    asked.push({ channel, done });
    return done.promise;
  };
  const channels = () => asked.map(({ channel }) => channel);
  return { asked, take, channels };
}

test("a picture is taken when somebody looks, two at once, and not again for ten seconds", async () => {
  const clock = fakeClock();
  const { asked, take, channels } = decoder();
  const pictures = lastPictures(clock, take);
  const all = [1, 2, 3].map((channel) => ({ channel }));
  assert.deepEqual(pictures.look(all), all);
  assert.deepEqual(channels(), [1, 2]);
  asked[0]?.done.resolve({ jpeg: Uint8Array.from([1]), wall: clock.wall() - 700 });
  await turn();
  assert.deepEqual(channels(), [1, 2, 3]);
  assert.deepEqual(pictures.look(all)[0], { channel: 1, at: clock.wall() - 700, ageMs: 700 });
  assert.deepEqual([...(pictures.jpeg(1) ?? [])], [1]);
  asked[1]?.done.resolve({ jpeg: Uint8Array.from([2]) });
  asked[2]?.done.resolve({ jpeg: Uint8Array.from([3]) });
  await turn();
  clock.advance(9999);
  pictures.look(all);
  assert.equal(asked.length, 3);
  clock.advance(1);
  pictures.look(all);
  assert.equal(asked.length, 5);
});

test("a camera that is away keeps its last picture with its age and the reason, and is not asked", async () => {
  const clock = fakeClock();
  const { asked, take } = decoder();
  const pictures = lastPictures(clock, take);
  pictures.look([{ channel: 1 }]);
  asked[0]?.done.resolve({ jpeg: Uint8Array.from([1]), wall: clock.wall() });
  await turn();
  clock.advance(60_000);
  const [away] = pictures.look([{ channel: 1, away: "no route" }]);
  assert.deepEqual(away, { channel: 1, at: clock.wall() - 60_000, ageMs: 60_000, reason: "no route" });
  assert.equal(asked.length, 1);
  pictures.look([{ channel: 1 }]);
  asked[1]?.done.reject(new Error("no decoder"));
  await turn();
  assert.equal(pictures.look([{ channel: 1 }])[0]?.reason, "no decoder");
  assert.deepEqual([...(pictures.jpeg(1) ?? [])], [1]);
  pictures.look([]);
  assert.equal(pictures.jpeg(1), undefined, "a camera that was removed is forgotten");
});

test("the list has the age of each camera's picture, and the picture comes as JPEG", async (t) => {
  const site = await testSite(t, {
    keyPicture: () => Promise.resolve({ jpeg: Uint8Array.from([0xff, 0xd8]), wall: wallTime(5) }),
  });
  for (const channel of [1, 2]) site.put({ kind: "config", change: { part: "channel", value: channelRow(channel) } });
  const down = {
    channel: 2,
    state: "down",
    since: wallTime(7),
    reason: "no route",
    bitsPerSecond: 0,
    ringMs: 0,
  } as const;
  site.core.state = { ...quietState, channels: [down] };
  const key = site.key("read");
  const first = await site.send("GET", "/api/pictures", key);
  assert.deepEqual(first.body, [{ channel: 1 }, { channel: 2, reason: "no route" }]);
  await turn();
  assert.equal((await site.send("GET", "/api/pictures", key)).at("0.at"), 5);
  const picture = await site.send("GET", "/api/pictures/1/last.jpg", key);
  assert.deepEqual([picture.status, picture.headers["content-type"]], [200, "image/jpeg"]);
  assert.equal((await site.send("GET", "/api/pictures/2/last.jpg", key)).status, 404);
});
