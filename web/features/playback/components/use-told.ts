import { useTranslation } from "react-i18next";
import { said } from "../../../shared/said.ts";
import { motionAt } from "../model/motion.ts";
import type { TimelineRow } from "./timeline-rows.tsx";

/** What each row has at a time, in words: what was recorded or why not, and how much moved. */
export function useTold(rows: readonly TimelineRow[], wall: number): readonly string[] {
  const { t } = useTranslation("playback");
  const recorded = ({ bands }: TimelineRow): string => {
    const band = bands.find(({ from, to }) => from <= wall && wall < to);
    if (band === undefined) return t("band.none");
    const kind = band.kind === "gap" ? t("band.gapWhy", { reason: said(band.reason ?? "") }) : t(`band.${band.kind}`);
    if (band.share === undefined) return kind;
    return t("band.partly", { what: kind, percent: Math.min(99, Math.max(1, Math.round(band.share * 100))) });
  };
  const moved = ({ motion }: TimelineRow): string => {
    const moment = motion === undefined ? "still" : motionAt(motion, wall);
    if (moment === "still") return "";
    return moment === "unwatched" ? t("moved.unwatched") : t("moved.percent", { percent: moment.percent });
  };
  return rows.map((row) => {
    const what = [recorded(row), moved(row)].filter((text) => text !== "").join(", ");
    return t("band.at", { name: row.name, what });
  });
}
