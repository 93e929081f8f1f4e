import type { SiteConfig } from "../site-config.ts";

/** A contact that pictures close. */
export interface SeeingPoint {
  readonly channel: number;
  readonly point: number;
}

/** What the input of an edge hangs on, where that is a camera's detection. */
export function seeingPointOf(
  { boards, inputs }: Pick<SiteConfig, "boards" | "inputs">,
  number: number,
): SeeingPoint | undefined {
  const input = inputs.find((row) => row.input === number);
  const board = boards.find((row) => row.board === input?.board);
  if (input === undefined || board?.driver.kind !== "video-detection") return undefined;
  return { channel: board.driver.channel, point: input.point };
}
