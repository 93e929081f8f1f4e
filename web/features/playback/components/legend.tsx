import { Group, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { BandKind } from "../model/bands.ts";
import { patternOf } from "./timeline-patterns.tsx";

interface LegendProps {
  /** Only what the timeline has: a legend of what never comes is noise. */
  readonly kinds: ReadonlySet<BandKind>;
}

const order: readonly BandKind[] = ["continuous", "motion", "alarm", "motion-alarm", "intelligent", "manual", "gap"];

export function Legend({ kinds }: LegendProps): ReactElement {
  const { t } = useTranslation("playback");
  return (
    <Group gap="md" component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label={t("band.legend")}>
      {order
        .filter((kind) => kinds.has(kind))
        .map((kind) => (
          <Group key={kind} gap={6} component="li" wrap="nowrap">
            <svg width={20} height={12} aria-hidden>
              <rect width={20} height={12} rx={2} fill={patternOf(kind)} />
            </svg>
            <Text size="xs">{t(`band.${kind}`)}</Text>
          </Group>
        ))}
    </Group>
  );
}
