import { z } from "zod";
import { list, wall } from "./common.ts";

const speed = z.object({
  volume: z.string().max(100),
  at: wall,
  writeBytesPerSecond: z.number().min(0),
  syncP50Ms: z.number().min(0).describe("of a small write, until it is durable"),
  syncP99Ms: z.number().min(0),
  bytes: z.number().min(0).describe("written for it"),
  cut: z.boolean().describe("it was ended by its time bound"),
});
export const measuredSpeeds = list(speed);

/** A measurement, and what it means for this site. */
export const speedAnswer = speed.omit({ volume: true }).extend({
  cameras: z.number().int().describe("so many cameras like those of the site, it takes"),
  limit: z.enum(["write", "sync"]).describe("what allows no more"),
  cameraBytesPerSecond: z.number().describe("what one of them sends"),
  alarm: z
    .enum(["at-once", "second", "later"])
    .describe("how soon the pictures of an alarm are durable: within 100 ms, within a second, or later"),
});
