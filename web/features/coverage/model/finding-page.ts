/** Where a finding is mended. Pure; no DOM. */
import type { CoverageAnswer } from "../../../../src/contract/foresight.ts";

export type Finding = CoverageAnswer["findings"][number];

export function findingPage(finding: Finding): string {
  const { input, channel, output, board, schedule } = finding;
  switch (finding.kind) {
    case "input-board-off":
      return `/boards/${board}`;
    case "camera-off":
    case "recording-off":
    case "private-in-modes":
    case "camera-never-recorded":
    case "ring-short":
    case "ptz-silent":
    case "detection-camera-off":
    case "detection-unheard":
      return `/cameras/${channel}`;
    case "output-board-off":
      return board === undefined ? `/alarm-out/${output}` : `/boards/${board}`;
    case "output-forced-off":
    case "output-claimed-twice":
    case "siren-unused":
      return `/alarm-out/${output}`;
    case "notifier-off":
      return "/system/notifications";
    case "schedule-never":
    case "schedule-unused":
      return `/schedules/${schedule}`;
    case "auto-arm-never":
      return "/schedules";
    case "no-entry-delay":
      return "/arming";
    case "nobody-told":
    case "ptz-claimed-twice":
      return "/alarm-in";
    case "start-without-end":
    case "input-unwired":
    case "input-no-camera":
    case "camera-missing":
    case "output-missing":
    case "notifier-missing":
    case "zone-acts-on-nothing":
    case "never-armed":
    case "mode-missing":
    case "schedule-missing":
    case "always-scheduled":
    case "cameras-all-off":
    case "follower-alone":
    case "hazard-when-armed-only":
    case "hold-past-bound":
    case "sounds-on-pages-only":
    case "ptz-not-set-up":
    case "ptz-preset-unknown":
      return `/alarm-in/${input}`;
  }
}
