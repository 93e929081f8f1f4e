import { z } from "zod";
import { defaults, languages, ranges, type SiteSettings, type VolumeSettings } from "../domain/site-config.ts";
import { list, name, within, without } from "./common.ts";

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
    })
    .refine(({ mode, takes }) => takes !== "chosen" || mode === "both", "of second copies the originals stay")
    .describe("nothing is recorded to it, closed segments are copied there; absent: it is recorded to"),
};

export const volumeBody = z
  .strictObject({
    path: fields.path,
    maxShare: fields.maxShare.default(defaults.maxShare),
    maxBytes: z.exactOptional(fields.maxBytes),
    keepDays: fields.keepDays.default(defaults.keepDays),
    archive: z.exactOptional(fields.archive),
  })
  .meta({ examples: [{ path: "/mnt/footage", keepDays: 14 }] });
export type VolumeBody = z.output<typeof volumeBody>;

export const volumePatch = z
  .strictObject(fields)
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
  waiting: z.exactOptional(
    z.object({ segments: z.number(), bytes: z.number() }).describe("of an archive: what is still to be copied"),
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

export const volumeRow = (body: VolumeBody, id: string): VolumeSettings => ({ ...body, id });

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
  "evidenceKeys",
  "files",
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
