import { Group, Text } from "@mantine/core";
import { IconBattery2, IconBatteryOff } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { battery as levels } from "../../../src/domain/sensor-watch.ts";
import type { PointStatus } from "../../../src/messages/api.ts";
import { useFormat } from "../site-data.ts";

/** Battery and last word of a wireless sensor; nothing for a wired one. */
export function SensorText({ contact }: { readonly contact: PointStatus }): ReactElement | null {
  const { t } = useTranslation("io");
  const format = useFormat();
  const { battery, seenAt } = contact;
  if (battery === undefined && seenAt === undefined) return null;
  const low = battery !== undefined && battery <= levels.low;
  const Icon = low ? IconBatteryOff : IconBattery2;
  return (
    <Group gap="sm" data-battery={battery}>
      {battery !== undefined && (
        <Group gap={4} wrap="nowrap">
          <Icon size={16} aria-hidden color={low ? "var(--mantine-color-orange-6)" : undefined} />
          <Text span size="sm" c={low ? "orange" : undefined}>
            {t(low ? "sensor.low" : "sensor.battery", { percent: battery })}
          </Text>
        </Group>
      )}
      {seenAt !== undefined && (
        <Text span size="sm" c="dimmed">
          {t("sensor.seen", { at: format.dateTime(seenAt) })}
        </Text>
      )}
    </Group>
  );
}
