/** Where models lie: Reed's own with the program, others in `data/models`, each as `<id>.onnx`. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The model that comes with Reed, in the repository and beside the built files alike. */
export const ownModel = fileURLToPath(new URL("../../models/nanodet/nanodet.onnx", import.meta.url));
/** Its id. */
const ownId = "nanodet";
/** Where somebody puts a model by hand that shall run without being chosen. */
const usualId = "detector";

/** The file of a model. */
export const modelFile = (folder: string, id: string): string => (id === ownId ? ownModel : join(folder, `${id}.onnx`));

/** Where the description of a model lies. */
export const descriptionOf = (file: string): string => file.replace(/\.onnx$/i, "") + ".model.json";

/** The id of the model that runs: the chosen one, else one that lies there as `detector.onnx`, else Reed's own. */
export function runningModel(folder: string, chosen: string | undefined): string {
  if (chosen !== undefined) return chosen;
  return stampOf(join(folder, `${usualId}.onnx`)) === undefined ? ownId : usualId;
}

/** Changes with the model and its description; undefined when there is no such model. */
export function modelStamp(file: string): string | undefined {
  const model = stampOf(file);
  return model === undefined ? undefined : `${model} ${stampOf(descriptionOf(file)) ?? "-"}`;
}

function stampOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.size}:${found.mtimeMs}`;
}
