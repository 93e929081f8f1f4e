import { createHash } from "node:crypto";
import type { bucketSteps, BucketTestAnswer } from "../../contract/volume.ts";
import { isPlain, type BucketSettings } from "../../domain/bucket-settings.ts";
import { BucketError, type Bucket } from "../../bucket/port.ts";
import { between } from "../../kernel/time.ts";
import type { ApiDeps } from "../ports.ts";

type Step = (typeof bucketSteps)[number];

const plainWarning = "The address begins with http: on the way, everybody can read the footage that is sent there.";
const keptWarning =
  "The bucket keeps versions: what Reed deletes stays in it, and costs room, until the bucket's own rules remove it.";
const takenWarning = "An archive of Reed lies there already; its footage is taken over.";

/** Writes, reads, lists and deletes a small object. What goes wrong is answered, not thrown. */
export async function testBucket(
  { openBucket, clock, random }: Pick<ApiDeps, "openBucket" | "clock" | "random">,
  settings: BucketSettings,
): Promise<BucketTestAnswer> {
  const bucket = await openBucket(settings);
  const bytes = Buffer.from(`Reed was here: ${Buffer.from(random(12)).toString("hex")}`);
  const name = `.reed-probe-${Buffer.from(random(6)).toString("hex")}`;
  const steps: { step: Step; ok: boolean; ms: number }[] = [];
  const warnings = isPlain(settings) ? [plainWarning] : [];
  const work: Readonly<Record<Step, () => Promise<void>>> = {
    async write() {
      await bucket.put(name, { bytes, sha256: hashOf(bytes) });
    },
    read: () => readBack(bucket, name, bytes),
    list: () => seeListed(bucket, name),
    async delete() {
      const { kept } = await bucket.remove(name);
      if (kept) warnings.push(keptWarning);
    },
  };
  try {
    for (const step of ["write", "read", "list", "delete"] as const) {
      const at = clock.now();
      const problem = await work[step]().then(() => undefined, problemOf);
      steps.push({ step, ok: problem === undefined, ms: Math.round(between(at, clock.now())) });
      if (problem !== undefined) return { ok: false, steps, problem, warnings };
    }
    if ((await bucket.head(".reed-volume")) !== undefined) warnings.push(takenWarning);
    return { ok: true, steps, warnings };
  } finally {
    bucket.close();
  }
}

async function readBack(bucket: Bucket, name: string, bytes: Uint8Array): Promise<void> {
  // playing back asks for parts of objects: a server that sends them whole is of no use
  const read = await bucket.read(name, 5, bytes.length - 3);
  if (read !== undefined && Buffer.compare(read, bytes.subarray(5, bytes.length - 3)) === 0) return;
  throw new BucketError("refused", "The server gives back something else than what was written.");
}

async function seeListed(bucket: Bucket, name: string): Promise<void> {
  const { objects } = await bucket.list(name);
  if (objects.some((one) => one.name === name)) return;
  throw new BucketError("refused", "The server does not list what was written.");
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64");

const problemOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
