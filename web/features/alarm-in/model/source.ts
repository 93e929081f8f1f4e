/** Where an input's edges come from: a contact, what a camera sees, a message of another device or program, or the watch over the cameras. */
import { isMessage } from "../../../../src/domain/board-points.ts";
import type { DriverSettings } from "../../../../src/domain/site-config.ts";

export const sources = ["contact", "pictures", "network", "offline"] as const;
export type Source = (typeof sources)[number];

interface Place {
  readonly board: number;
  readonly point: number;
}

/** An input whose board is not known (yet) counts as a contact. */
export function sourceOf(
  boards: readonly { readonly board: number; readonly driver: DriverSettings }[],
  { board, point }: Place,
): Source {
  const driver = boards.find((one) => one.board === board)?.driver;
  if (driver === undefined) return "contact";
  if (driver.kind === "camera-offline") return "offline";
  if (driver.kind === "video-detection") return "pictures";
  return isMessage(driver, point) ? "network" : "contact";
}
