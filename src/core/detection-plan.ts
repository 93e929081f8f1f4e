/** Which cameras' pictures are looked at, and for what. Pure. */
import { keepLookup } from "../domain/keep-rules.ts";
import { leftForUs, onlyTheCameras, type OwnThing } from "../domain/detection/own-settings.ts";
import { pointsOfDetection } from "../domain/detection/points.ts";
import type { VideoDetectionSettings } from "../domain/detection/settings.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { DetectedChannel, DetectionPlan } from "../messages/detection.ts";

type Planned = Pick<SiteConfig, "boards" | "channels" | "volumes"> & {
  readonly site: Pick<SiteConfig["site"], "keep" | "model">;
};

/** What a camera's own word is taken for, so that nobody of ours looks for it. */
export type SaidByCamera = (settings: VideoDetectionSettings) => ReadonlySet<OwnThing>;

/**
 * Cameras that are switched on, with a board that is and looks for something that the camera does not say by itself.
 * `said` left out: what may be looked for at any time.
 */
export function detectionPlan(config: Planned, said: SaidByCamera = onlyTheCameras): DetectionPlan {
  const channels = config.boards.flatMap(({ board, enabled, driver }): DetectedChannel[] => {
    if (!enabled || driver.kind !== "video-detection") return [];
    const settings = leftForUs(driver, said(driver));
    if (pointsOfDetection(settings).length === 0) return [];
    const { channel } = driver;
    if (!config.channels.some((row) => row.channel === channel && row.enabled)) return [];
    return [{ channel, board, settings, keepDays: keepDaysOf(config, channel) }];
  });
  const { model } = config.site;
  return { kind: "detection-plan", channels, ...(model === undefined ? {} : { model }) };
}

/** As long as the camera's footage may stay anywhere. */
function keepDaysOf({ volumes, site }: Planned, channel: number): number {
  const days = volumes.map(({ keepDays }) => keepLookup(site.keep ?? [], keepDays)(channel, "continuous").maxDays);
  return Math.max(1, ...days);
}
