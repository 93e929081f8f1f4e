import type { SeenLevel } from "../../domain/detection/news.ts";
import { pointsOfDetection } from "../../domain/detection/points.ts";
import type { VideoDetectionSettings } from "../../domain/site-config.ts";
import type { BoardDriver } from "../board-driver.ts";
import type { DriverDeps } from "../driver.ts";
import { trackLevels } from "../level-track.ts";
import { startSoon } from "../start-soon.ts";

const isKnown = ({ level }: SeenLevel): boolean => level === "closed" || level === "open";

/**
 * What the pictures of one camera show, as a board: the detection process is at its other end, and core hands on what
 * that says. It is online while anything is known of any point; a point that is not looked at is `unknown`, never at
 * rest, and a board whose every point is so is lost. One on which nothing is switched on has nothing to lose.
 *
 *     connecting ──a point is known──▶ online ──none is known any more, or the process is away──▶ lost ──▶ online …
 */
export function startVideoDetectionDriver(settings: VideoDetectionSettings, deps: DriverDeps): BoardDriver {
  const { clock, events, log } = deps;
  const points = new Set(pointsOfDetection(settings));
  const levels = trackLevels(events);
  const known = new Set<number>();
  let link: "connecting" | "online" | "lost" = "connecting";
  let lostFor = "";
  const life = startSoon(() => {
    events.link({ kind: "connecting" }, clock.now());
    if (points.size === 0) online();
  });

  const online = () => {
    link = "online";
    events.link({ kind: "online" }, clock.now());
  };
  const lose = (reason: string) => {
    if (points.size === 0 || (link === "lost" && reason === lostFor)) return;
    [link, lostFor] = ["lost", reason];
    known.clear();
    levels.forget();
    const at = clock.now();
    for (const point of points) events.level({ point, level: "unknown", at, how: "state", reason });
    events.heard(false);
    events.link({ kind: "lost", reason }, at);
  };
  const saw = (report: SeenLevel) => {
    if (isKnown(report)) known.add(report.point);
    else known.delete(report.point);
    levels.saw(report.point, report);
  };
  const take = (reports: readonly SeenLevel[]) => {
    const ours = reports.filter(({ point }) => points.has(point));
    for (const { point } of reports) if (!points.has(point)) log("no such point on this board", { point });
    const anyKnown = ours.some(isKnown);
    if (link !== "online" && anyKnown) online();
    if (link === "online") for (const report of ours) saw(report);
    if (anyKnown) events.heard(true);
    if (known.size > 0 || ours.length === 0) return;
    lose(ours.find(({ reason }) => reason !== undefined)?.reason ?? "its pictures are not looked at");
  };
  return {
    want: (point) => log("a camera's pictures have no outputs", { point }),
    detected(news) {
      if (!life.begin()) return;
      if (news.kind === "blind") lose(news.reason);
      else take(news.levels);
    },
    [Symbol.asyncDispose]: () => life.end(),
  };
}
