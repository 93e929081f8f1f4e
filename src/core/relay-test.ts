import { outputPoints } from "../domain/board-points.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { Command, CommandError, LiveState } from "../messages/api.ts";

/** Seconds that a relay without a name is on for a test. */
export const relayTestS = 1;

/** Why a relay that is no output yet is not tested; undefined when nothing stands against it. */
export function whyNoRelayTest(
  config: SiteConfig,
  live: Pick<LiveState, "boards">,
  { board, point, confirmed }: Extract<Command, { kind: "relay-test" }>,
): CommandError | undefined {
  const conflict = (message: string): CommandError => ({ code: "conflict", message });
  const settings = config.boards.find((row) => row.board === board);
  if (settings === undefined) return { code: "not-found", message: `there is no board ${board}` };
  if (!outputPoints(settings.driver).includes(point))
    return { code: "not-found", message: `board "${settings.name}" has no relay ${point}` };
  const named = config.outputs.find((row) => row.board === board && row.point === point);
  if (named !== undefined) return conflict(`this relay is output ${named.output} "${named.name}"; test it as such`);
  if (live.boards.find((row) => row.board === board)?.state !== "online")
    return conflict(`relay ${point} can't be tested now: its board "${settings.name}" is not reached`);
  return confirmed
    ? undefined
    : conflict(`nobody said yet what hangs on relay ${point}; confirm that it may be on for ${relayTestS} s`);
}
