/** One clip as a process of its own: `ClipRequest` as its argument, `ClipProgress` a line on standard output. */
import { writeSync } from "node:fs";
import { setPriority } from "node:os";
import type { ClipProgress, ClipRequest } from "../../messages/clip.ts";
import { convertClip } from "./clip.ts";

/** Niceness: a download is worth less than everything that records. */
const lowPriority = 15;
const tellEvery = 0.01;

setPriority(lowPriority);
let told = 0;
try {
  // the argument comes from our own api (`api/exports/convert-clip.ts`)
  convertClip(JSON.parse(process.argv[2] ?? "{}") as ClipRequest, (share) => {
    if (share - told < tellEvery) return;
    told = share;
    writeSync(1, `${JSON.stringify({ share } satisfies ClipProgress)}\n`);
  });
} catch (error) {
  writeSync(2, error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
