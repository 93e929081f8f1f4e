/** What is set of a camera's detection: the settings of a board of the family `video-detection`. */
import { z } from "zod";
import { selfCrossing } from "../domain/detection/geometry.ts";
import { cells, cellsOfHex } from "../domain/detection/motion-grid.ts";
import { lookers, ownKinds, ownThings, usualOwnPort } from "../domain/detection/own-settings.ts";
import { targetClasses } from "../domain/detection/objects.ts";
import { mostRules, mostVertices, ruleScale } from "../domain/detection/rules.ts";
import { detectionDefaults, detectionRanges, mostRegions, smartSensitivities } from "../domain/detection/settings.ts";
import { name, number, within } from "./common.ts";

const { sensitivity, threshold, leastCells, holdS, tamper, rise } = detectionRanges;
const on = z.literal(true);

const region = z.strictObject({
  name,
  cells: z
    .string()
    .refine((hex) => cellsOfHex(hex) !== undefined, `must be ${cells / 4} hexadecimal digits`)
    .refine((hex) => /[^0]/.test(hex), "must have at least one cell")
    .describe(`the ${cells} cells of 22 × 18, row by row from the upper left, four a hexadecimal digit`),
  sensitivity: within(sensitivity).default(detectionDefaults.sensitivity).describe("how small a change counts"),
  threshold: within(threshold)
    .default(detectionDefaults.threshold)
    .describe("how large what moves must be, percent of the region's side; the lower, the easier"),
  leastCells: z.exactOptional(within(leastCells).int().describe("cells that one moving thing has at least")),
});

const motion = z.strictObject({
  regions: z
    .array(region)
    .min(1, "must have at least one region")
    .max(mostRegions, `can be ${mostRegions} at most`)
    .readonly(),
  holdS: within(holdS)
    .default(detectionDefaults.holdS)
    .describe("seconds that a region stays in motion after nothing moves any more"),
});

const audio = z.strictObject({
  loss: z.exactOptional(on),
  rise: z.exactOptional(
    z.strictObject({
      sensitivity: within(rise).default(detectionDefaults.rise.sensitivity),
      threshold: within(rise).default(detectionDefaults.rise.threshold),
    }),
  ),
});

const smart = z.strictObject({
  human: z.boolean(),
  vehicle: z.boolean(),
  sensitivity: z.enum(smartSensitivities).default("middle"),
});

const coordinate = z.number().int().min(0).max(ruleScale);
const vertex = z.strictObject({ x: coordinate, y: coordinate });
const size = z.strictObject({ width: coordinate, height: coordinate });
const most = `can have ${mostVertices} points at most`;
const line = z
  .array(vertex)
  .min(2, "must have at least two points")
  .max(mostVertices, most)
  .readonly()
  .describe(`in numbers from 0 to ${ruleScale} over the picture's width and height`);
const area = z
  .array(vertex)
  .min(3, "must have at least three points")
  .max(mostVertices, most)
  .refine((points) => selfCrossing(points) === undefined, "must not cross itself")
  .readonly()
  .describe(`corners, in numbers from 0 to ${ruleScale} over the picture's width and height`);

const anyRule = {
  rule: z.number().int().min(1).max(mostRules).describe("its number; its contact is point 10 + this"),
  name,
  enabled: z.boolean().default(true),
  targets: z
    .array(z.enum(targetClasses))
    .min(1, "must name at least one class")
    .refine((targets) => new Set(targets).size === targets.length, "must name each class once")
    .readonly(),
  sensitivity: z.number().int().min(1).max(10).default(5),
  leastSize: z.exactOptional(size),
  mostSize: z.exactOptional(size),
};

const rule = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("tripwire"),
    ...anyRule,
    line,
    direction: z.enum(["a-to-b", "b-to-a", "both"]).default("both"),
  }),
  z.strictObject({
    kind: z.literal("intrusion"),
    ...anyRule,
    area,
    action: z.enum(["appear", "cross"]).default("cross"),
    direction: z.enum(["enter", "exit", "both"]).default("enter").describe("of `cross`"),
  }),
  z.strictObject({
    kind: z.literal("loitering"),
    ...anyRule,
    area,
    stayS: z.number().min(1).max(600).default(10).describe("seconds in the area"),
  }),
]);

const looker = z.enum(lookers);
const own = z.strictObject({
  kind: z.enum(ownKinds).describe("`dahua`: the event stream of Amcrest and Dahua (`eventManager.cgi`)"),
  port: z.number().int().min(1).max(65535).default(usualOwnPort).describe("of HTTP, with the camera's own login"),
  input: z.exactOptional(z.number().int().min(1).max(256).describe("which camera behind the address, from 1")),
  looks: z.exactOptional(
    z
      .strictObject(
        Object.fromEntries(ownThings.map((thing) => [thing, z.exactOptional(looker)])) as Record<
          (typeof ownThings)[number],
          z.ZodExactOptional<typeof looker>
        >,
      )
      .describe(
        "who looks for each thing; absent: the camera as long as it is heard and has it, else Reed (`videoLoss`: Reed)",
      ),
  ),
  rules: z.exactOptional(
    z
      .array(
        z.strictObject({
          rule: z.number().int().min(1).max(mostRules).describe("shared with the rules that are drawn in Reed"),
          name,
          said: name.describe("what the camera calls it"),
        }),
      )
      .max(mostRules, `can be ${mostRules} at most`)
      .readonly()
      .describe("rules that are drawn in the camera; the contact of each is point 10 + its number"),
  ),
});

/** Everything but which camera it is of. */
export const detectionFields = {
  motion: z.exactOptional(motion),
  tamper: z.exactOptional(z.strictObject({ sensitivity: within(tamper).int().default(detectionDefaults.tamper) })),
  sceneChange: z.exactOptional(on),
  videoLoss: z.exactOptional(on),
  audio: z.exactOptional(audio),
  smart: z.exactOptional(smart),
  rules: z.exactOptional(
    z
      .array(rule)
      .max(mostRules, `can be ${mostRules} at most`)
      .refine((rules) => new Set(rules.map((one) => one.rule)).size === rules.length, "must have a number each")
      .readonly(),
  ),
  everyPicture: z.exactOptional(
    on.describe("every picture is decoded, also where the sizes of its access units say that nothing moves"),
  ),
  own: z.exactOptional(own).describe("what the camera says by itself of what it sees; absent: nobody listens to it"),
};

/** Rules that are drawn here and in the camera hang on the same points, so no two have one number. */
export const ownNumbers = (fields: {
  readonly rules?: readonly { readonly rule: number }[];
  readonly own?: { readonly rules?: readonly { readonly rule: number }[] };
}): boolean => {
  const numbers = [...(fields.rules ?? []), ...(fields.own?.rules ?? [])].map(({ rule }) => rule);
  return new Set(numbers).size === numbers.length;
};
export const ownNumbersElse = { message: "must have a number each", path: ["own", "rules"] };

export const videoDetection = z
  .strictObject({
    kind: z.literal("video-detection"),
    channel: number.describe("the camera whose pictures are looked at; one board a camera"),
    ...detectionFields,
  })
  .refine(ownNumbers, ownNumbersElse);
