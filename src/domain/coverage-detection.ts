/** Cameras whose pictures are looked at, as far as it can be said before: what can't be seen, and what nobody hears of. */
import { inputPoints } from "./board-points.ts";
import type { Finding } from "./coverage.ts";
import type { BoardSettings, SiteConfig } from "./site-config.ts";

/** Inputs whose camera is off, and points of a camera's detection that no input hangs on. */
export const detectionFindings = (config: SiteConfig): Finding[] =>
  config.boards.flatMap((board) => (board.enabled ? findingsOf(config, board) : []));

function findingsOf(config: SiteConfig, { board, driver }: BoardSettings): Finding[] {
  if (driver.kind !== "video-detection") return [];
  const { channel } = driver;
  const row = config.channels.find((one) => one.channel === channel);
  const camera = row?.name ?? String(channel);
  const inputs = config.inputs.filter((one) => one.board === board);
  const off = inputs
    .filter(({ enabled }) => enabled && row?.enabled !== true)
    .map(({ input, name }): Finding => {
      return { kind: "detection-camera-off", severity: "red", input, channel, words: { input: name, camera } };
    });
  const unheard = inputPoints(driver).filter((point) => !inputs.some((one) => one.point === point)).length;
  if (unheard === 0) return off;
  const words = { camera, count: String(unheard) };
  return [...off, { kind: "detection-unheard", severity: "orange", channel, words }];
}
