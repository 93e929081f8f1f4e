/**
 * Seeking in a month of footage: how long until a player has its first byte.
 *
 *     node bench/playback/run.ts [--seeks 300] [--folder /somewhere/with/3/GB]
 *
 * Random moments of 30 days at 4 Mbit/s, never the same file's heads twice in a row: the list of what to play there,
 * then the media segment with that moment. The files are in the page cache where the machine's memory allows it. The
 * api is a process of its own, as in Reed: what the client allocates is not the server's to collect.
 */
import { fork } from "node:child_process";
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

async function measure(data: string): Promise<void> {
  try {
    console.log(describeMachine(data));
    const { from, key } = makeMonth(data, 500_000, 8);
    const api = fork(import.meta.filename, ["--serve", data]);
    const [port] = (await once(api, "message")) as [number];
    const headers = { authorization: `Bearer ${key}` };
    const base = `http://127.0.0.1:${port}/api/channels/1/hls/`;
    const [lists, media, both]: [number[], number[], number[]] = [[], [], []];
    for (let seek = 0; seek < Number(values.seeks); seek++) {
      const at = Math.floor(from + Math.random() * (days * 86_400_000 - 60_000));
      const list = await firstByte(`${base}line?from=${at}&to=${at + 4000}&zero=${from}`, headers);
      const { slices } = JSON.parse(list.body.toString()) as LineAnswer;
      const [first] = slices;
      if (first === undefined) throw new Error(`nothing at ${at}`);
      const segment = await firstByte(new URL(first.video, base).href, headers);
      lists.push(list.ms);
      media.push(segment.ms);
      both.push(list.ms + segment.ms);
    }
    // the first requests compile
    const warm = (all: readonly number[]) => spread(all.slice(20));
    console.log(`list of what to play, first byte, ms   ${warm(lists)}`);
    console.log(`media segment, first byte, ms          ${warm(media)}`);
    console.log(`both, ms                               ${warm(both)}`);
    const gone = once(api, "exit");
    api.disconnect();
    await gone;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
