/** Models that find objects: which there are, what is known of each, and a try-out on a picture. */
import { z } from "zod";
import { modelId, modelKinds, pixelFits, pixelOrders } from "../domain/detection/object-model.ts";
import { targetClasses } from "../domain/detection/objects.ts";
import { list } from "./common.ts";

/** Bytes of a model file, at most: half a gigabyte holds any detector that a small machine can run. */
export const mostModelBytes = 512 * 1024 * 1024;
/** Models beside Reed's own, at most. */
export const mostModels = 20;
/** Bytes of one part of it, and of a picture that is tried. */
export const mostPartBytes = 8 * 1024 * 1024;

const text = z.string().trim().min(1).max(500);
const three = z.tuple([z.number(), z.number(), z.number()]).readonly();

/** What stands beside a model; the same words as in its file. */
export const modelDescription = z
  .strictObject({
    name: z.exactOptional(text.max(100)).describe("for people"),
    kind: z.exactOptional(z.enum(modelKinds)).describe("how its outputs are read; absent: known by their shapes"),
    width: z.exactOptional(z.number().int().min(32).max(1920)).describe("of the input where the file leaves it open"),
    height: z.exactOptional(z.number().int().min(32).max(1920)),
    order: z.exactOptional(z.enum(pixelOrders)),
    mean: z.exactOptional(three).describe("what goes in is (pixel − mean) / deviation, of 0–255"),
    deviation: z.exactOptional(three),
    fit: z.exactOptional(z.enum(pixelFits)).describe("shape kept, the rest filled, or stretched"),
    fill: z.exactOptional(z.number().min(0).max(255)),
    labels: z
      .exactOptional(z.array(z.string().max(60)).min(1).max(1000).readonly())
      .describe("names of the classes, in order"),
    licence: z.exactOptional(text).describe("under which its weights may be used"),
    source: z.exactOptional(text).describe("who made it, or where it is from"),
  })
  .meta({ examples: [{ labels: ["person", "dog"], licence: "Apache-2.0", source: "https://example.org/yard" }] });
export type ModelDescriptionBody = z.output<typeof modelDescription>;

const id = z.string().regex(modelId, "must be letters, digits, dots and dashes, 60 at most");
export const modelParams = z.object({ model: id.describe("its id: the name of its file without `.onnx`") });

export const uploadParams = z.object({ upload: z.uuid().describe("chosen by who sends it") });
export const uploadQuery = z.object({
  at: z.coerce.number().int().min(0).max(mostModelBytes).describe("bytes that were sent before this part"),
  size: z
    .exactOptional(z.coerce.number().int().min(1))
    .describe("bytes of the whole file: where it is too large or has no room, the first part is refused"),
});
export const uploadAnswer = z.object({ bytes: z.number().describe("that are here by now") });

export const newModelBody = z.strictObject({
  upload: z.uuid().describe("whose parts were all sent"),
  model: id,
  description: modelDescription.default({}),
});

const facts = z.object({
  kind: z.enum(modelKinds),
  width: z.number(),
  height: z.number(),
  order: z.enum(pixelOrders),
  fit: z.enum(pixelFits),
  labels: list(z.string()),
  targets: z.object({
    human: list(z.string()).describe("labels that count as people"),
    vehicle: list(z.string()).describe("labels that count as vehicles"),
  }),
  lookMs: z.number().describe("half of the looks took at most so long on this machine, behind everything else"),
});

export const modelRow = z.object({
  model: z.string(),
  shipped: z.boolean().describe("comes with Reed and can't be changed"),
  bytes: z.number(),
  sha256: z.string(),
  description: modelDescription,
  facts: z.exactOptional(facts).describe("absent: it can't be used, `fault` says why"),
  fault: z.exactOptional(z.string()),
  chosen: z.boolean().describe("runs for the cameras that want objects"),
  running: z
    .exactOptional(
      z.object({
        state: z.enum(["idle", "open", "failed"]),
        reason: z.string(),
        lookMs: z.exactOptional(z.number()).describe("half of the newest looks took at most so long"),
      }),
    )
    .describe("of the detection process; absent: it does not run it"),
});
export type ModelRow = z.output<typeof modelRow>;
export const modelList = list(modelRow);

export const trialAnswer = z.object({
  width: z.number(),
  height: z.number(),
  lookMs: z.number(),
  objects: list(
    z.object({
      label: z.string(),
      target: z.exactOptional(z.enum(targetClasses)),
      confidence: z.number(),
      box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
    }),
  ).describe("the surest first; boxes are parts of the picture"),
});
export type TrialAnswer = z.output<typeof trialAnswer>;
