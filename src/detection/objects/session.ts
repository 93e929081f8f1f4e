import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { ModelDescription } from "../../domain/detection/object-model.ts";
import { suppressed } from "../../domain/detection/suppress.ts";
import type { SeenObject } from "../../domain/detection/objects.ts";
import { descriptionOf } from "../../platform/model-files.ts";
import type { Crop, RgbPicture } from "../ports.ts";
import { readDescription } from "./description.ts";
import { inputOf, seenIn } from "./fit-picture.ts";
import type { ModelSpec, Outputs, OutputTensor } from "./model.ts";
import { readOutputs } from "./read-outputs.ts";
import { recognised } from "./recognise.ts";

export interface OpenModel {
  readonly spec: ModelSpec;
  readonly description: ModelDescription;
  /** Objects in these parts of the picture; each is one run of the model. Rejects with a sentence. */
  detect(picture: RgbPicture, crops: readonly Crop[]): Promise<readonly SeenObject[]>;
}

/**
 * Opens a model file. The runtime works on the calling thread, whatever its promises say: this belongs into a process of
 * its own. One thread a session: two burn a quarter more processor time for the same picture.
 *
 * @param described text of the description; of the file beside the model where none is given
 */
export async function openModel(file: string, described = textBeside(file)): Promise<OpenModel> {
  const description = described === undefined ? {} : readDescription(described);
  const session = await sessionOf(file);
  const shapes = (values: readonly InferenceSession.ValueMetadata[]) =>
    values.map((value) => ({ name: value.name, shape: value.isTensor ? value.shape : [] }));
  const spec = recognised(
    { inputs: shapes(session.inputMetadata), outputs: shapes(session.outputMetadata) },
    description,
  );
  const run = async (picture: RgbPicture, crop: Crop): Promise<readonly SeenObject[]> => {
    const { name, width, height } = spec.input;
    const feeds = { [name]: new Tensor("float32", inputOf(picture, crop, spec), [1, 3, height, width]) };
    const size = new Tensor("int64", BigInt64Array.from([BigInt(width), BigInt(height)]), [1, 2]);
    const sized = spec.sizeInput === undefined ? feeds : { ...feeds, [spec.sizeInput]: size };
    return seenIn(readOutputs(outputsOf(await session.run(sized)), spec), crop, picture, spec);
  };
  return {
    spec,
    description,
    async detect(picture, crops) {
      const all: SeenObject[] = [];
      for (const crop of crops) all.push(...(await run(picture, crop)));
      return suppressed(all);
    },
  };
}

async function sessionOf(file: string): Promise<InferenceSession> {
  if (!existsSync(file)) throw new Error(`there is no file ${basename(file)} among the models`);
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 } as const;
  try {
    return await InferenceSession.create(file, options);
  } catch (error) {
    // the runtime names the whole path, which is nobody's business
    const why = (error instanceof Error ? error.message : String(error)).replaceAll(file, basename(file));
    throw new Error(`the file is no ONNX model that can be run: ${why}`, { cause: error });
  }
}

function textBeside(file: string): string | undefined {
  const beside = descriptionOf(file);
  return existsSync(beside) ? readFileSync(beside, "utf8") : undefined;
}

function outputsOf(values: InferenceSession.OnnxValueMapType): Outputs {
  const read: Record<string, OutputTensor> = {};
  for (const [name, value] of Object.entries(values)) {
    const data: unknown = "data" in value ? value.data : undefined;
    const isNumbers = data instanceof Float32Array || data instanceof BigInt64Array || data instanceof Int32Array;
    if ("dims" in value && isNumbers) read[name] = { dims: value.dims, data };
  }
  return read;
}
