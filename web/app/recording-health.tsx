import { Group, Text, Tooltip } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLink, useLive } from "../shared/event-stream.ts";
import { StateDot } from "../shared/ui/state-dot.tsx";

/** How many cameras are being received, as a dot with words. */
export function RecordingHealth(): ReactElement | null {
  const { t } = useTranslation("shell");
  const link = useLink();
  const channels = useLive((state) => state.channels);
  if (channels === undefined) return null;
  const enabled = channels.filter((one) => one.state !== "off");
  const live = enabled.filter((one) => one.state === "live").length;
  const fine = link === "online" && live === enabled.length;
  const words = t("health.cameras", { live, all: enabled.length });
  return (
    <Tooltip label={fine ? t("health.fine") : t("health.notFine")}>
      <Group gap={6} wrap="nowrap" visibleFrom="md">
        <StateDot color={fine ? "green" : "orange"} />
        <Text size="sm">{words}</Text>
      </Group>
    </Tooltip>
  );
}
