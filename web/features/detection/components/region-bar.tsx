import { Button, Group } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { mostRegions, type MotionRegion } from "../../../../src/domain/detection/settings.ts";
import { regionColors } from "../model/colors.ts";

interface RegionBarProps {
  readonly regions: readonly MotionRegion[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  readonly onAdd: () => void;
}

/** The regions of a camera, each with its number and colour; one of them is drawn and set. */
export function RegionBar({ regions, chosen, onChoose, onAdd }: RegionBarProps): ReactElement {
  const { t } = useTranslation("detection");
  return (
    <Group gap="xs" role="group" aria-label={t("region.all")}>
      {regions.map(({ name }, index) => (
        <Button
          key={index}
          size="compact-md"
          variant={index === chosen ? "light" : "default"}
          aria-pressed={index === chosen}
          leftSection={
            <svg width={20} height={18} aria-hidden>
              <rect width={20} height={18} rx={3} fill={regionColors[index]} />
              <text x={10} y={13} textAnchor="middle" fontSize={12} fontWeight={700} fill="#fff">
                {index + 1}
              </text>
            </svg>
          }
          onClick={() => onChoose(index)}
        >
          {name === "" ? t("region.unnamed") : name}
        </Button>
      ))}
      {regions.length < mostRegions && (
        <Button size="compact-md" variant="subtle" leftSection={<IconPlus size={16} aria-hidden />} onClick={onAdd}>
          {t("region.add")}
        </Button>
      )}
    </Group>
  );
}
