/** What is still open of a readiness when some inputs are left out, and what the button says then. Pure; no DOM. */
import type { Readiness } from "./arming-data.ts";

export interface InTheWay {
  /** Something stays open: it can raise no alarm until it has closed. */
  readonly rest: boolean;
  /** Key of the button's word in `ask`. */
  readonly word: "anyway" | "without" | "arm";
}

export function inTheWay(ready: Readiness | undefined, bypass: readonly number[]): InTheWay {
  const known = ready?.inputs ?? [];
  const open = known.filter((one) => one.why !== "unknown" && !(one.onTheWay && one.why === "open"));
  const left = open.filter((one) => !bypass.includes(one.input));
  // a display may not be told which input it is
  const hidden = ready !== undefined && !ready.ready && open.length === 0;
  const rest = left.length > 0 || hidden;
  return { rest, word: rest ? "anyway" : bypass.length > 0 ? "without" : "arm" };
}
