import { Button, Group, SegmentedControl } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { allCells, noCells, type CellMap } from "../../../../src/domain/detection/motion-grid.ts";
import { inverted, type Brush } from "../../../shared/cell-grid/paint.ts";

interface PaintToolsProps {
  readonly map: CellMap;
  readonly brush: Brush;
  readonly onBrush: (brush: Brush) => void;
  readonly onPaint: (map: CellMap) => void;
  /** Absent: there is nothing to take back. */
  readonly onUndo: (() => void) | undefined;
}

/** What the pointer does on the picture, and all cells at once. */
export function PaintTools({ map, brush, onBrush, onPaint, onUndo }: PaintToolsProps): ReactElement {
  const { t } = useTranslation("detection");
  const press = (label: "all" | "none" | "invert", to: () => CellMap) => (
    <Button size="compact-md" variant="default" onClick={() => onPaint(to())}>
      {t(`paint.${label}`)}
    </Button>
  );
  return (
    <Group gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={t("paint.brush")}
        value={brush}
        onChange={(value) => onBrush(value === "rectangle" ? "rectangle" : "cells")}
        data={[
          { value: "cells", label: t("paint.cells") },
          { value: "rectangle", label: t("paint.rectangle") },
        ]}
      />
      {press("all", allCells)}
      {press("none", noCells)}
      {press("invert", () => inverted(map))}
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        disabled={onUndo === undefined}
        onClick={onUndo}
      >
        {t("paint.undo")}
      </Button>
    </Group>
  );
}
