import { z } from "zod";
import { cameraMakes, variantsOf } from "../domain/camera-makes.ts";
import { probeFailureKinds, probeSteps } from "../messages/probe.ts";
import { addressed, cameraAddress, rtspUrl } from "./channel.ts";
import { list, number, secret, wall } from "./common.ts";

export const cameraTestBody = z
  .strictObject({
    url: z.exactOptional(rtspUrl),
    camera: z.exactOptional(cameraAddress).describe("instead of `url`"),
    stream: z.enum(["main", "sub"]).default("main").describe("of `camera`"),
    username: z.exactOptional(z.string().max(200)),
    password: z.exactOptional(secret),
    channel: z.exactOptional(number).describe("the camera whose password is meant by the stars"),
    anyway: z.boolean().default(false).describe("one try although the login was refused twice"),
  })
  .superRefine(addressed)
  .meta({ examples: [{ camera: { make: "reolink", address: "192.0.2.10" }, username: "viewer", password: "secret" }] });
export type CameraTestBody = z.output<typeof cameraTestBody>;

export const cameraTestParams = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .describe("id of the test"),
});

const report = z.object({
  codec: z.string().describe("h264 or h265"),
  codecString: z.string().describe("RFC 6381"),
  width: z.number(),
  height: z.number(),
  picturesPerSecond: z.exactOptional(z.number()).describe("measured"),
  gopMs: z.exactOptional(z.number()).describe("from key frame to key frame; absent: longer than `measuredMs`"),
  bitsPerSecond: z.number(),
  audio: z.exactOptional(
    z.object({ codec: z.string(), sampleRate: z.exactOptional(z.number()), recordable: z.boolean() }),
  ),
  clock: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("ahead"), ms: z.number() }),
      z.object({ kind: z.literal("not-set") }),
      z.object({ kind: z.literal("untold") }),
    ])
    .describe("the camera's clock against ours"),
  lostPackets: z.number(),
  measuredMs: z.number(),
});

const failure = z.object({
  kind: z.enum(probeFailureKinds),
  reason: z.string().describe("what happened"),
  next: z.string().describe("what to do about it"),
  until: z.exactOptional(wall).describe("when the camera may be called again without `anyway`"),
});

/** One test: its steps while it runs, then what was found. */
export const cameraTest = z.object({
  id: z.string(),
  state: z.enum(["running", "done", "failed"]),
  url: z.string().describe("what was called, without a login"),
  steps: list(
    z.object({ step: z.enum(probeSteps), state: z.enum(["waiting", "running", "done", "failed"]), ms: z.number() }),
  ),
  report: z.exactOptional(report),
  failure: z.exactOptional(failure),
  picture: z.enum(["none", "coming", "there", "failed"]),
  pictureReason: z.exactOptional(z.string()).describe("why it could not be decoded"),
});
export type CameraTest = z.output<typeof cameraTest>;

export const cameraMakeList = list(
  z.object({
    make: z.enum(cameraMakes),
    variants: z.number().describe("how many sets of paths there are"),
    asks: z.enum(["login", "keys", "url"]).describe("what is entered beside the address"),
  }),
);

const asksOf = (make: (typeof cameraMakes)[number]) => (make === "unifi" ? "keys" : make === "other" ? "url" : "login");

/** The makes as they are answered. */
export const makesAnswer = cameraMakes.map(
  (make) => ({ make, variants: variantsOf(make), asks: asksOf(make) }) as const,
);

/** A picture that the server has of each camera; asking for the list brings old ones up to date. */
export const pictureList = list(
  z.object({
    channel: number,
    /** When it was taken; absent: there is none yet. */
    at: z.exactOptional(wall),
    ageMs: z.exactOptional(z.number()),
    reason: z.exactOptional(z.string()).describe("why there is no newer one"),
  }),
);
