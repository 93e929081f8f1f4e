import { Stack } from "@mantine/core";
import { useMemo, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { cellsOfHex, hexOfCells, noCells, type CellMap } from "../../../../src/domain/detection/motion-grid.ts";
import type { MotionRegion } from "../../../../src/domain/detection/settings.ts";
import { CellGrid, type CellLayer } from "../../../shared/cell-grid/cell-grid.tsx";
import type { Brush } from "../../../shared/cell-grid/paint.ts";
import { LivePicture } from "../../../shared/live-picture/live-picture.tsx";
import type { Channel } from "../../../shared/types.ts";
import { regionColors } from "../model/colors.ts";
import { PaintTools } from "./paint-tools.tsx";
import { useUndo } from "./use-undo.ts";

interface RegionCanvasProps {
  readonly channel: Channel;
  readonly regions: readonly MotionRegion[];
  readonly chosen: number;
  /** How much of each cell moves now, 0–1; undefined while nothing is looked at. */
  readonly strengths: readonly number[] | undefined;
  readonly onCells: (cells: string) => void;
}

/** The live picture with the regions on it; the chosen one is painted. */
export function RegionCanvas({ channel, regions, chosen, strengths, onCells }: RegionCanvasProps): ReactElement {
  const { t } = useTranslation("detection");
  const [brush, setBrush] = useState<Brush>("cells");
  const undo = useUndo<string>(chosen, onCells);
  const layers = useMemo(
    () =>
      regions.map(({ name, cells }, index): CellLayer => ({
        key: index,
        map: cellsOfHex(cells) ?? noCells(),
        color: regionColors[index] ?? regionColors[0],
        mark: `${index + 1} ${name}`,
      })),
    [regions],
  );
  const drawn = layers[chosen];
  if (drawn === undefined) return <LivePicture channel={channel} />;
  const paint = (map: CellMap): void => {
    const cells = hexOfCells(map);
    const before = regions[chosen]?.cells ?? "";
    if (cells === before) return;
    undo.remember(before);
    onCells(cells);
  };
  const keyDown = (event: { key: string; ctrlKey: boolean; metaKey: boolean; preventDefault: () => void }): void => {
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || undo.back === undefined) return;
    event.preventDefault();
    undo.back();
  };
  return (
    <Stack gap="xs" onKeyDown={keyDown}>
      <LivePicture channel={channel}>
        <CellGrid
          label={t("paint.grid", { name: regions[chosen]?.name ?? "" })}
          drawn={drawn}
          others={layers.filter((_, index) => index !== chosen)}
          brush={brush}
          {...(strengths === undefined ? {} : { strengths })}
          onPaint={paint}
        />
      </LivePicture>
      <PaintTools map={drawn.map} brush={brush} onBrush={setBrush} onPaint={paint} onUndo={undo.back} />
    </Stack>
  );
}
