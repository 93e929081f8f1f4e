import { Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { detectionDefaults, detectionRanges } from "../../../../src/domain/detection/settings.ts";
import { useDetectionLook } from "../../../shared/detection/detection-live.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { changeSettings } from "../model/draft.ts";
import { beginsAnew } from "../model/sound.ts";
import { EventPanel, LevelSlider } from "./event-panel.tsx";
import type { PanelProps } from "./panel.ts";

export function TamperPanel(props: PanelProps): ReactElement {
  const { draft, onDraft } = props;
  const { t } = useTranslation("detection");
  return (
    <EventPanel {...props} event="tamper">
      <LevelSlider
        label={t("event.tamper.sensitivity")}
        says={t("event.tamper.sensitivitySays")}
        range={detectionRanges.tamper}
        value={draft.settings.tamper?.sensitivity ?? detectionDefaults.tamper}
        onChange={(sensitivity) => onDraft(changeSettings(draft, { tamper: { sensitivity } }))}
      />
    </EventPanel>
  );
}

export const ScenePanel = (props: PanelProps): ReactElement => <EventPanel {...props} event="sceneChange" />;

export const LossPanel = (props: PanelProps): ReactElement => <EventPanel {...props} event="videoLoss" />;

/** The sound: lost, or suddenly louder; what is heard now beside the threshold. */
export function AudioPanel(props: PanelProps): ReactElement {
  const { channel, board, saved, draft, onDraft } = props;
  const { t } = useTranslation("detection");
  const format = useFormat();
  const rise = draft.settings.audio?.rise ?? detectionDefaults.rise;
  const look = useDetectionLook(channel.channel, board !== undefined && draft.settings.audio !== undefined);
  const change = (part: Partial<typeof rise>) =>
    onDraft(changeSettings(draft, { audio: { ...draft.settings.audio, rise: { ...rise, ...part } } }));
  const heard = look?.audioDb;
  return (
    <Stack gap="md">
      <Text size="sm" data-heard={heard === undefined ? undefined : Math.round(heard)}>
        {heard === undefined ? t("audio.none") : t("audio.now", { db: format.number(Math.round(heard)) })}
      </Text>
      {beginsAnew(channel, saved, draft) && (
        <Text size="sm" role="status" fw={600}>
          {t("audio.anew")}
        </Text>
      )}
      <EventPanel {...props} event="audioLoss" />
      <EventPanel {...props} event="audioRise">
        <LevelSlider
          label={t("event.audioRise.sensitivity")}
          says={t("event.audioRise.sensitivitySays")}
          range={detectionRanges.rise}
          value={rise.sensitivity}
          onChange={(sensitivity) => change({ sensitivity })}
        />
        <LevelSlider
          label={t("event.audioRise.threshold")}
          says={t("event.audioRise.thresholdSays")}
          range={detectionRanges.rise}
          value={rise.threshold}
          onChange={(threshold) => change({ threshold })}
        />
      </EventPanel>
    </Stack>
  );
}
