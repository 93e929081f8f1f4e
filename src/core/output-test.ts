import { asksFirst } from "../domain/alarm-output.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { Command, CommandError, LiveState } from "../messages/api.ts";

/**
 * Why a person's test of an output is refused, or undefined: a test must never look like the end of an alarm, move a
 * lock or gate that nobody thought of, or pass for a success that could not be seen.
 */
export function whyNoTest(
  config: SiteConfig,
  live: Pick<LiveState, "outputs" | "boards">,
  command: Extract<Command, { kind: "output-test" }>,
): CommandError | undefined {
  const settings = config.outputs.find((row) => row.output === command.output);
  if (settings === undefined) return { code: "not-found", message: `there is no output ${command.output}` };
  const { name, kind, board } = settings;
  const conflict = (message: string): CommandError => ({ code: "conflict", message });
  const link = live.boards.find((row) => row.board === board);
  if (link?.state !== "online") {
    const boardName = config.boards.find((row) => row.board === board)?.name ?? String(board);
    return conflict(`"${name}" can't be tested now: its board "${boardName}" is not reached`);
  }
  const state = live.outputs.find((row) => row.output === command.output);
  if (state?.mode === "off") return conflict(`"${name}" is set to off and stays at rest; set it to auto to test it`);
  if (state?.mode === "on") return conflict(`"${name}" is set to on; set it to auto to test it`);
  const holder = state?.holds.find((hold) => hold.input !== 0);
  if (holder !== undefined) {
    const input = config.inputs.find((row) => row.input === holder.input)?.name ?? `input ${holder.input}`;
    return conflict(`"${name}" is held on by the alarm of "${input}"; silence it first`);
  }
  if (asksFirst(kind) && !command.confirmed)
    return conflict(`the test would move "${name}" (${kind}) for ${command.seconds} s; confirm to go on`);
  return undefined;
}
