import assert from "node:assert/strict";
import { test } from "node:test";
import { createPictureDesk, Superseded } from "./picture-desk.ts";

/** A desk that makes one picture at a time, and what it was told to make, in order. */
function desk(limits: { waiting?: number; bytes?: number } = {}) {
  const begun: { name: string; made: PromiseWithResolvers<Uint8Array> }[] = [];
  const of = createPictureDesk({ atOnce: 1, waiting: 3, bytes: 100, ...limits });
  const ask = (name: string, signal = new AbortController().signal) =>
    of.picture(
      name,
      () => {
        const made = Promise.withResolvers<Uint8Array>();
        begun.push({ name, made });
        return made.promise;
      },
      signal,
    );
  const names = () => begun.map(({ name }) => name).join("");
  const finish = async (size = 10) => {
    begun.at(-1)?.made.resolve(new Uint8Array(size));
    // what follows a promise that is settled
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { ask, names, finish, begun };
}

test("the newest wish is made first, one that waits for the same picture is not made twice", async () => {
  const { ask, names, finish } = desk();
  const all = [ask("a"), ask("b"), ask("c"), ask("c"), ask("a")];
  assert.equal(names(), "a");
  await finish();
  assert.equal(names(), "ac");
  await finish();
  assert.equal(names(), "acb");
  await finish();
  assert.equal((await Promise.all(all)).length, 5);
  assert.equal(names(), "acb");
});

test("who waits no more is dropped, and so is the oldest of too many", async () => {
  const { ask, names, finish } = desk();
  const gone = new AbortController();
  const first = ask("a");
  const left = ask("b", gone.signal);
  gone.abort();
  await assert.rejects(left, Superseded);
  const old = ask("c");
  const newer = [ask("d"), ask("e"), ask("f")];
  await assert.rejects(old, Superseded);
  for (let i = 0; i < 4; i++) await finish();
  assert.equal(names(), "afed");
  await Promise.all([first, ...newer]);
  await assert.rejects(ask("g", gone.signal), Superseded);
});

test("what was made is kept while there is room, and what was asked for last the longest", async () => {
  const { ask, names, finish } = desk({ bytes: 25 });
  for (const name of ["a", "b"]) {
    const made = ask(name);
    await finish();
    await made;
  }
  await ask("a");
  const third = ask("c");
  await finish();
  await third;
  await ask("a");
  await ask("c");
  assert.equal(names(), "abc");
  const again = ask("b");
  await finish();
  await again;
  assert.equal(names(), "abcb");
});

test("a picture that could not be made says why, and is tried again when it is asked for again", async () => {
  const { ask, names, begun, finish } = desk();
  const failed = ask("a");
  begun[0]?.made.reject(new Error("damaged"));
  await assert.rejects(failed, /damaged/);
  const again = ask("a");
  await finish();
  await again;
  assert.equal(names(), "aa");
});
