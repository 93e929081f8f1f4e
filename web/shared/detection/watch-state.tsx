import { Group, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../said.ts";
import { useFormat } from "../site-data.ts";
import type { Channel } from "../types.ts";
import { StateDot } from "../ui/state-dot.tsx";
import { useDetectionNow, useWord } from "./detection-data.ts";
import type { DetectionFields } from "./linked-inputs.ts";
import { OwnState } from "./own-state.tsx";
import { skippedPercent, slowedPercent, watchWords } from "./watch-words.ts";

interface WatchStateProps {
  readonly channel: Channel;
  readonly isSet: boolean;
  readonly isPaused: boolean;
  readonly settings: DetectionFields;
  /** Also which stream, how often and what it costs. */
  readonly full?: boolean;
}

/** Whether a camera is really watched, and if not, why. */
export function WatchState({ channel, isSet, isPaused, settings, full = false }: WatchStateProps): ReactElement {
  const { t } = useTranslation("detection");
  const format = useFormat();
  const now = useDetectionNow(channel.channel);
  const word = useWord(channel.channel);
  const { key, color } = watchWords({ enabled: channel.enabled, isSet, isPaused, now, word, settings });
  const slowed = now === undefined ? 0 : slowedPercent(now);
  const reason = said(now?.reason ?? "");
  return (
    <Group gap="md" component="span" data-watch={key}>
      <StateDot
        color={color}
        label={key === "blind" && reason !== "" ? t("state.because", { reason }) : t(`state.${key}`)}
      />
      {key !== "own" && key !== "off" && <OwnState channel={channel.channel} />}
      {full && now !== undefined && key === "watching" && (
        <Text span size="sm" c="dimmed">
          {t(`stream.${now.stream}`)} · {t("rate", { rate: format.number(now.lookedAt, 1) })} ·{" "}
          {t("skipped", { percent: skippedPercent(now) })} · {t("cost", { ms: format.number(now.costMs) })}
        </Text>
      )}
      {slowed > 0 && (
        <Text span size="sm" c="orange.8">
          {t("slowed", { percent: slowed })}
        </Text>
      )}
    </Group>
  );
}
