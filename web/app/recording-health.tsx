import { Group, Text, Tooltip, VisuallyHidden } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLink, useLive } from "../shared/event-stream.ts";
import { recordingState, type RecordingState } from "../shared/recording-state.ts";
import { StateDot } from "../shared/ui/state-dot.tsx";

const colors = {
  all: "green",
  some: "orange",
  none: "red",
  "no-volume": "red",
  "no-cameras": "gray",
  away: "gray",
} as const satisfies Record<RecordingState["kind"], string>;

/** Whether footage comes in, as a dot with words; on a phone the words are short, and give way to the count of troubles. */
export function RecordingHealth(): ReactElement | null {
  const { t } = useTranslation("shell");
  const link = useLink();
  const channels = useLive((state) => state.channels);
  const volumes = useLive((state) => state.volumes);
  const troubles = useLive((state) => state.troubles.length) ?? 0;
  if (channels === undefined || volumes === undefined) return null;
  const state = recordingState(link === "online", channels, volumes);
  const counts = "live" in state ? { live: state.live, all: state.all } : { live: 0, all: 0 };
  const words = "live" in state ? t("health.cameras", counts) : t(`health.short.${state.kind}`);
  return (
    <Tooltip label={t(`health.says.${state.kind}`)} multiline maw={320}>
      <Group gap={6} wrap="nowrap" visibleFrom={troubles > 0 ? "xs" : undefined}>
        <StateDot color={colors[state.kind]} />
        <Text size="sm" visibleFrom="md" style={{ whiteSpace: "nowrap" }}>
          {words}
        </Text>
        <Text size="sm" hiddenFrom="md" aria-hidden>
          {"live" in state ? `${state.live}/${state.all}` : "–"}
        </Text>
        <VisuallyHidden>{t(`health.says.${state.kind}`)}</VisuallyHidden>
      </Group>
    </Tooltip>
  );
}
