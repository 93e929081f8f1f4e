import { z } from "zod";
import { defaults, languages, ranges, type SiteSettings, type VolumeSettings } from "../domain/site-config.ts";
import { bucketDefaults, bucketPath, bucketRanges } from "../domain/bucket-settings.ts";
import { list, name, secret, within, without } from "./common.ts";

/** Folders that belong to the system; mounted volumes also lie below `/run/media`. */
const systemFolder = /^\/+((bin|boot|dev|etc|lib|lib32|lib64|proc|sbin|sys|usr)(\/|$)|run\/*$|\.?\/*$)/;

/** A folder that may be one for footage. */
export const volumePath = z
  .string()
  .min(2)
  .max(1000)
  .regex(/^(\/|[A-Za-z]:[\\/])/, "must be a whole path, like /mnt/footage")
  .regex(/^[^\p{C}]+$/u, "has characters that can't be shown")
  .refine((path) => !path.split(/[\\/]/).some((part) => part === ".." || part === "."), "must not hold `.` or `..`")
  .refine((path) => !systemFolder.test(path), "is a folder of the system, not one for footage");

/** An object store of the S3 kind. */
export const bucketBody = z.strictObject({
  endpoint: z
    .string()
    .max(500)
    .regex(/^https?:\/\/[^/?#@\s]+\/?$/i, "must be an address like https://s3.example.org")
    .refine((text) => URL.canParse(text), "is not an address that can be read"),
  region: z.string().trim().min(1).max(100).default(bucketDefaults.region),
  bucket: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{1,62}$/, "must be the name of a bucket: letters, digits, dots and dashes"),
  prefix: z
    .string()
    .max(500)
    .regex(/^([A-Za-z0-9!_.*'()-]+\/)*$/, "must be empty, or a path that ends with a slash, like reed/")
    .refine((text) => !text.split("/").some((part) => part === "." || part === ".."), "must not hold `.` or `..`")
    .default(bucketDefaults.prefix)
    .describe("what lies beside it in the bucket is left alone"),
  accessKeyId: z.string().trim().min(1).max(200),
  secretKey: secret,
  pathStyle: z
    .boolean()
    .default(bucketDefaults.pathStyle)
    .describe("https://host/bucket instead of https://bucket.host"),
  uploadMbit: z.exactOptional(within(bucketRanges.uploadMbit)).describe("the most that is sent, Mbit/s"),
});
export type BucketBody = z.output<typeof bucketBody>;

/** A test of a bucket: a small object is written, read, listed and deleted. */
export const bucketTestBody = z.strictObject({
  volume: z.exactOptional(z.string().min(1).max(100)).describe("the archive whose secret key stands behind `***`"),
  bucket: bucketBody,
});
export type BucketTestBody = z.output<typeof bucketTestBody>;
export const bucketSteps = ["write", "read", "list", "delete"] as const;
export const bucketTestAnswer = z.object({
  ok: z.boolean(),
  steps: list(z.object({ step: z.enum(bucketSteps), ok: z.boolean(), ms: z.number() })),
  problem: z.exactOptional(z.string()),
  warnings: list(z.string()),
});
export type BucketTestAnswer = z.output<typeof bucketTestAnswer>;

const fields = {
  path: volumePath,
  maxShare: z.number().min(0.01).max(1).describe("share of the volume that Reed may fill"),
  maxBytes: z.number().int().min(100_000_000).describe("a fixed cap in bytes beside the share"),
  keepDays: z.number().int().min(1).max(3650),
  archive: z
    .strictObject({
      mode: z.enum(["both", "remote"]).describe("both: the original stays; remote: it goes once its copy is proven"),
      takes: z.enum(["all", "alarm", "chosen"]).describe("chosen: second copies of the cameras that ask for one"),
      afterMin: z
        .exactOptional(z.number().int().min(0).max(10_080))
        .describe("minutes after its end that a segment is copied; absent: 2, of `chosen` 0"),
      bucket: z.exactOptional(bucketBody).describe("an object store that it lies in instead of a folder"),
    })
    .refine(({ mode, takes }) => takes !== "chosen" || mode === "both", "of second copies the originals stay")
    .describe("nothing is recorded to it, closed segments are copied there; absent: it is recorded to"),
};

/** A folder; or, as an archive in a bucket is answered, its address: sent back it is read over. */
const placePath = z.string().superRefine((path, context) => {
  if (path.startsWith("s3://")) return;
  const checked = volumePath.safeParse(path);
  for (const { message } of checked.error?.issues ?? []) context.addIssue({ code: "custom", message });
});

export const volumeBody = z
  .strictObject({
    path: z.exactOptional(placePath).describe("of a bucket it follows from its settings"),
    maxShare: fields.maxShare.default(defaults.maxShare),
    maxBytes: z.exactOptional(fields.maxBytes),
    keepDays: fields.keepDays.default(defaults.keepDays),
    archive: z.exactOptional(fields.archive),
  })
  .superRefine((body, context) => {
    if (body.archive?.bucket !== undefined) return;
    if (body.path !== undefined && !body.path.startsWith("s3://")) return;
    context.addIssue({ code: "custom", path: ["path"], message: "is missing (or `archive.bucket`: an object store)" });
  })
  .meta({ examples: [{ path: "/mnt/footage", keepDays: 14 }] });
export type VolumeBody = z.output<typeof volumeBody>;

export const volumePatch = z
  .strictObject({ ...fields, path: placePath })
  .partial()
  .meta({ examples: [{ keepDays: 30 }] });

export const volumeState = z.object({
  volumeId: z.string(),
  path: z.string(),
  state: z.enum(["ready", "missing", "read-only", "stalled", "failing", "full"]),
  reason: z.string(),
  totalBytes: z.number(),
  freeBytes: z.number(),
  usedBytes: z.number(),
  lockedBytes: z.number().describe("of them in footage that is locked"),
  syncP50Ms: z.number(),
  syncP99Ms: z.number(),
  fileSystem: z.string(),
  bytesPerSecond: z.exactOptional(z.number().describe("of footage that it took in the last seconds")),
  waiting: z.exactOptional(
    z
      .object({
        segments: z.number(),
        bytes: z.number(),
        oldest: z.exactOptional(z.number()).describe("wall time of the oldest that is not copied yet"),
        bytesPerSecond: z.exactOptional(z.number()).describe("while something is sent"),
        problem: z.exactOptional(z.string()).describe("why the last copy failed"),
      })
      .describe("of an archive: what is still to be copied"),
  ),
});

export const volumeAnswer = z.object({
  ...fields,
  path: z.string(),
  maxBytes: z.exactOptional(fields.maxBytes),
  archive: z.exactOptional(fields.archive),
  id: z.string(),
  live: z.exactOptional(volumeState),
});
export const volumeList = list(volumeAnswer);

export const volumeRow = ({ path = "", ...body }: VolumeBody, id: string): VolumeSettings => {
  const bucket = body.archive?.bucket;
  return { ...body, path: bucket === undefined ? path : bucketPath(bucket), id };
};

export const volumeBodyOf = (row: VolumeSettings) => without(row, "id");

const siteFields = {
  name,
  language: z.enum(languages).describe("of the pages for who has chosen none"),
  timeZone: z.string().max(100).refine(isTimeZone, "is not a time zone of the IANA list; write one like Europe/Berlin"),
  liveConversions: z
    .exactOptional(within(ranges.liveConversions).int())
    .describe("live pictures that are converted from H.265 at once, at most; absent: 2; each takes up to one core"),
};
export const siteBody = z
  .strictObject({ ...siteFields, language: z.exactOptional(siteFields.language) })
  .meta({ examples: [{ name: "Home", timeZone: "Europe/Berlin" }] });
export const sitePatch = z.strictObject(siteFields).partial();
export type SiteBody = z.output<typeof siteBody>;

/** What of the row has routes of its own, and stays as it is. */
const beside = [
  "firstSteps",
  "arming",
  "codes",
  "holidays",
  "autoArm",
  "push",
  "keep",
  "volumeGroups",
  "measured",
  "evidenceKeys",
  "files",
  "model",
] as const;
export type SiteBeside = Pick<SiteSettings, (typeof beside)[number]>;

export const siteRow = (body: SiteBody, row: SiteBeside): SiteSettings => ({
  ...body,
  ...Object.fromEntries(Object.entries(row).filter(([key]) => beside.some((one) => one === key))),
});

/** The body that would make this row; what has routes of its own is no business of it. */
export const siteBodyOf = (row: SiteSettings): SiteBody => without(row, ...beside) as SiteBody;

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
