/**
 * The process in which a model is opened to be looked at: a stranger's file may take all memory, hang or end in native
 * code. It does one thing that its parent asks for, and ends.
 */
import { setPriority } from "node:os";
import type { FromTrial, ToTrial } from "../../messages/models.ts";
import { tryModel } from "./trial.ts";

/** Behind everything else of the machine (nice value). */
const behind = 19;

setPriority(behind);
process.on("disconnect", () => process.exit(0));
process.on("SIGINT", () => undefined);
process.once("message", (message: ToTrial) => void answer(message));

async function answer(message: ToTrial): Promise<void> {
  let said: FromTrial;
  try {
    said = await tryModel(message);
  } catch (error) {
    said = { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
  process.send?.(said, () => process.exit(0));
}
