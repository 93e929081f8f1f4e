/**
 * Seeking in a month of footage: how long until a player has its first byte.
 *
 *     node bench/playback/run.ts [--seeks 300] [--channels 1] [--cold] [--folder /somewhere/with/3/GB]
 *
 * Random moments of 30 days at 4 Mbit/s in any of the channels: the list of what to play there, then the media segment
 * with that moment; and the timeline of all channels over the 30 days. With `--cold` database and files leave the page
 * cache before each request (`dd iflag=nocache count=0`, which is posix_fadvise DONTNEED; the rest of the machine keeps
 * its own); otherwise they stay where the machine's memory allows it. The api is a process of its own, as in Reed: what
 * the client allocates is not the server's to collect.
 */
import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startApi } from "../../src/api/compose.ts";
import type { LineAnswer } from "../../src/contract/playback.ts";
import { describeMachine } from "../support/machine.ts";
import { spread } from "../support/numbers.ts";
import { days, makeMonth } from "./month.ts";

const { values } = parseArgs({
  options: {
    seeks: { type: "string", default: "300" },
    channels: { type: "string", default: "1" },
    cold: { type: "boolean", default: false },
    folder: { type: "string", default: tmpdir() },
    /** Of the child: the data folder to serve. */
    serve: { type: "string" },
  },
});
process.env["REED_LOG"] ??= "silent";
if (values.serve !== undefined) await serve(values.serve);
else await measure(mkdtempSync(join(values.folder, "reed-bench-")));

/** The api until the parent goes; says its port. */
async function serve(data: string): Promise<void> {
  const ended = new AbortController();
  const api = await startApi({ data, port: 0, host: "127.0.0.1", index: 0 }, ended.signal, () => undefined);
  process.send?.(api.port);
  await once(process, "disconnect");
  ended.abort();
  await api[Symbol.asyncDispose]();
  process.exit(0);
}

/** Milliseconds until the first byte of the body is there, and the whole body. */
async function firstByte(url: string, headers: Record<string, string>): Promise<{ ms: number; body: Buffer }> {
  const begin = performance.now();
  const response = await fetch(url, { headers });
  if (!response.ok || response.body === null) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  const parts: Uint8Array[] = [];
  let ms = 0;
  for await (const part of response.body) {
    if (parts.length === 0) ms = performance.now() - begin;
    parts.push(part);
  }
  return { ms, body: Buffer.concat(parts) };
}

/** Dirty pages stay: they are written first. */
function forget(files: readonly string[]): void {
  for (const file of files) spawnSync("dd", [`if=${file}`, "iflag=nocache", "count=0", "status=none"]);
}

async function measure(data: string): Promise<void> {
  try {
    console.log(describeMachine(data));
    const channels = Number(values.channels);
    const { from, key, files } = makeMonth(data, { bytesPerSecond: 500_000, distinct: 8, channels });
    spawnSync("sync", files);
    console.log(`${channels} channels, ${values.cold ? "not in the page cache" : "in the page cache"}`);
    const api = fork(import.meta.filename, ["--serve", data], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const [port] = (await once(api, "message")) as [number];
    const headers = { authorization: `Bearer ${key}` };
    const ask = (path: string) => {
      if (values.cold) forget(files);
      return firstByte(new URL(path, `http://127.0.0.1:${port}/api/`).href, headers);
    };
    const [lists, media, both, timelines]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (let seek = 0; seek < Number(values.seeks); seek++) {
      const at = Math.floor(from + Math.random() * (days * 86_400_000 - 60_000));
      const folder = `channels/${1 + Math.floor(Math.random() * channels)}/hls/`;
      const list = await ask(`${folder}line?from=${at}&to=${at + 4000}&zero=${from}`);
      const { slices } = JSON.parse(list.body.toString()) as LineAnswer;
      const [first] = slices;
      if (first === undefined) throw new Error(`nothing at ${at}`);
      const segment = await ask(`${folder}${first.video}`);
      lists.push(list.ms);
      media.push(segment.ms);
      both.push(list.ms + segment.ms);
      if (seek % 4 === 0) timelines.push((await ask(`timeline?from=${from}&to=${from + days * 86_400_000}`)).ms);
    }
    // the first requests compile
    const warm = (all: readonly number[]) => spread(all.slice(20));
    console.log(`list of what to play, first byte, ms   ${warm(lists)}`);
    console.log(`media segment, first byte, ms          ${warm(media)}`);
    console.log(`both, ms                               ${warm(both)}`);
    console.log(`timeline of all over 30 days, ms       ${spread(timelines.slice(5))}`);
    const gone = once(api, "exit");
    api.disconnect();
    await gone;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
