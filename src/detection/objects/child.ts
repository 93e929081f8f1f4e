/**
 * The process in which a model runs: the runtime works on the thread that calls it, and a model that somebody brought
 * may take all memory or end in native code. It ends with its parent.
 */
import { systemClock } from "../../platform/clock.ts";
import { openModel, type OpenModel } from "./session.ts";
import type { FromModel, ToModel } from "./wire.ts";

const tell = (message: FromModel): void => void process.send?.(message);
let model: OpenModel | undefined;

process.on("disconnect", () => process.exit(0));
process.on("message", (message: ToModel) => void answer(message));
// the terminal's Ctrl-C goes to every process; the parent tells this one when to stop
process.on("SIGINT", () => undefined);

async function answer(message: ToModel): Promise<void> {
  try {
    if (message.kind === "open") {
      model = await openModel(message.file);
      tell({ kind: "opened", spec: model.spec, description: model.description });
      return;
    }
    if (model === undefined) throw new Error("no model is open");
    const began = systemClock().now();
    const objects = await model.detect(message.picture, message.crops);
    tell({ kind: "seen", objects, ms: systemClock().now() - began });
  } catch (error) {
    tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
}
