import type { FromTrial, ModelFacts, ModelTrial, ToTrial } from "../../messages/models.ts";
import { between } from "../../kernel/time.ts";
import { systemClock } from "../../platform/clock.ts";
import type { RgbPicture } from "../ports.ts";
import { readPicture } from "./read-picture.ts";
import { openModel, type OpenModel } from "./session.ts";

/** Looks of which the middle one is told; a slow model gets fewer. */
const looks = 7;
const longestMs = 8000;
/** What a model is timed with. */
const blankSide = 640;

/** Opens a model and times it, or tries it on a picture. Rejects with a sentence. */
export async function tryModel(asked: ToTrial): Promise<FromTrial> {
  const picture = asked.kind === "try" ? await readPicture(asked.picture) : undefined;
  const model = await openModel(asked.file, asked.description ?? "{}");
  if (picture === undefined) return { kind: "checked", facts: await factsOf(model) };
  return { kind: "tried", trial: await triedOn(model, picture) };
}

async function factsOf(model: OpenModel): Promise<ModelFacts> {
  const { spec } = model;
  const bytes = new Uint8Array(3 * blankSide * blankSide).fill(114);
  const blank = { width: blankSide, height: blankSide, bytes };
  const times: number[] = [];
  // the first look makes what later ones use
  await lookAt(model, blank);
  for (let spent = 0; times.length < looks && spent < longestMs;) {
    const { ms } = await lookAt(model, blank);
    times.push(ms);
    spent += ms;
  }
  return {
    ...{ kind: spec.kind, width: spec.input.width, height: spec.input.height },
    ...{ pixels: spec.pixels, labels: spec.labels },
    lookMs: times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0,
  };
}

async function triedOn(model: OpenModel, picture: RgbPicture): Promise<ModelTrial> {
  await lookAt(model, picture);
  const { objects, ms } = await lookAt(model, picture);
  return { width: picture.width, height: picture.height, objects, lookMs: ms };
}

/** The whole picture at once. */
async function lookAt(model: OpenModel, picture: RgbPicture) {
  const began = systemClock().now();
  const objects = await model.detect(picture, [{ x: 0, y: 0, width: picture.width, height: picture.height }]);
  return { objects, ms: between(began, systemClock().now()) };
}
