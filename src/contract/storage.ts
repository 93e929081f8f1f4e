import { z } from "zod";
import { footageCauses } from "../domain/footage-cause.ts";
import { mediumKinds } from "../domain/medium.ts";
import { list, number, wall } from "./common.ts";
import { speedAnswer } from "./disk-speed.ts";
import { volumeAnswer, volumePath } from "./volume.ts";

export const medium = z
  .object({
    kind: z.enum(mediumKinds),
    fileSystem: z.string(),
    mountPoint: z.string(),
    source: z.string().describe("the device, the share or the program"),
    says: list(z.string()).describe("what that means for footage"),
  })
  .describe("what it lies on; absent: the system does not tell");

const forecast = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("unknown") }),
  z.object({ kind: z.literal("age"), needBytes: z.number() }),
  z.object({ kind: z.literal("fills"), at: wall, reachDays: z.number() }),
  z.object({ kind: z.literal("full"), reachDays: z.number() }),
]);

const next = z.object({
  channel: number,
  from: wall,
  to: wall,
  bytes: z.number(),
  shows: z.enum(footageCauses).describe("what the footage shows, the most telling"),
  cause: z.enum(["age", "space", "promised", "emergency"]),
  at: z.exactOptional(wall.describe("when it goes, as far as can be told")),
  reason: z.string(),
});

const storedVolume = z.object({
  ...volumeAnswer.shape,
  storedBytes: z.number(),
  causes: list(z.object({ cause: z.string(), bytes: z.number() })).describe("what the footage shows"),
  medium: z.exactOptional(medium),
  speed: z.exactOptional(speedAnswer.describe("as it was measured last; absent: it never was")),
  limitBytes: z.exactOptional(z.number().describe("the most footage that it may hold now")),
  reserveBytes: z.exactOptional(z.number().describe("always left free")),
  bytesPerDay: z.number().describe("of the last seven days; 0 while too little was recorded to tell"),
  oldest: z.exactOptional(wall),
  newest: z.exactOptional(wall),
  forecast,
  next: list(next).describe("the footage that goes next, in the cleaner's order; ten pieces at most"),
  unreviewedBytes: z
    .number()
    .describe("footage of alarms that nobody has acknowledged, protected up to `unreviewedCapBytes`"),
  unreviewedCapBytes: z.exactOptional(z.number()),
});

const storedChannel = z.object({
  channel: number,
  name: z.string().describe("empty when the channel is no longer set up"),
  bytes: z.number(),
  bytesPerDay: z.number(),
  days: list(z.object({ day: z.string().describe("of the site's zone, 2026-11-22"), bytes: z.number() })),
});

export const storage = z.object({
  volumes: list(storedVolume),
  channels: list(storedChannel),
  lookedAt: wall.describe("when the footage was counted; it is counted anew after half a minute"),
});
export type StorageAnswer = z.output<typeof storage>;

export const folderQuery = z.strictObject({ path: volumePath.describe("a whole path, like /mnt/footage") });
export const folder = z.object({
  path: z.string(),
  fits: z.boolean().describe("whether it could be a volume"),
  totalBytes: z.exactOptional(z.number()),
  freeBytes: z.exactOptional(z.number()),
  problem: z.exactOptional(z.string()),
  medium: z.exactOptional(medium),
  warnings: list(z.string()),
});
export type FolderAnswer = z.output<typeof folder>;
