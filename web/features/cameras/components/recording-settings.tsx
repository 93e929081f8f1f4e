import { Alert, NumberInput, Paper, Radio, Stack, Switch, Title } from "@mantine/core";
import { IconMicrophone } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { recordModes } from "../../../../src/domain/recording-rule.ts";
import { ranges } from "../../../../src/domain/site-config.ts";
import type { Draft } from "../../../shared/draft.ts";
import { AtHomeFields, WeekField } from "../../../shared/recording/record-fields.tsx";
import { useRecordingNow } from "../../../shared/recording/recording-data.ts";
import { SecondCopyField } from "../../../shared/recording/second-copy.tsx";
import type { CameraSettings } from "../model/camera-settings.ts";
import { TimedPicturesField } from "../../../shared/recording/timed-pictures-field.tsx";

interface RecordingSettingsProps {
  readonly draft: Draft<CameraSettings>;
  readonly channel: number;
}

/** When it records, how much from before an alarm, and whether sound is among it. */
export function RecordingSettings({ draft, channel }: RecordingSettingsProps): ReactElement {
  const { t } = useTranslation("cameras");
  const recorded = useRecordingNow().data?.channels.find((one) => one.channel === channel);
  const { recordMode, preRecordS, audio } = draft.value;
  const [min, max] = ranges.preRecordS;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="camera-recording">
      <Stack gap="md">
        <Title order={2} id="camera-recording">
          {t("section.recording")}
        </Title>
        <Radio.Group
          label={t("field.recordMode")}
          value={recordMode}
          onChange={(mode) => draft.set({ recordMode: recordModes.find((one) => one === mode) ?? recordMode })}
        >
          <Stack gap="xs" mt="xs">
            {recordModes.map((mode) => (
              <Radio key={mode} value={mode} label={t(`mode.${mode}`)} description={t(`modeSays.${mode}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {recordMode === "auto" && <WeekField value={draft.value} onChange={draft.set} />}
        {recordMode !== "off" && <AtHomeFields value={draft.value} onChange={draft.set} />}
        <NumberInput
          label={t("field.preRecord")}
          description={t("field.preRecordSays")}
          suffix=" s"
          min={min}
          max={max}
          clampBehavior="strict"
          allowDecimal={false}
          allowNegative={false}
          styles={{ wrapper: { maxWidth: 180 } }}
          disabled={recordMode === "off"}
          value={preRecordS}
          onChange={(value) => typeof value === "number" && draft.set({ preRecordS: value })}
        />
        <Switch
          label={t("field.recordSub")}
          description={t(draft.value.subUrl.trim() === "" ? "field.recordSubNone" : "field.recordSubSays")}
          disabled={draft.value.subUrl.trim() === ""}
          checked={draft.value.recordSub}
          onChange={(event) => draft.set({ recordSub: event.currentTarget.checked })}
        />
        <TimedPicturesField
          value={draft.value.timedPictures}
          onChange={(timedPictures) => draft.set({ timedPictures })}
        />
        <SecondCopyField
          asked={draft.value.secondCopy}
          copy={recorded?.secondCopy}
          onChange={(secondCopy) => draft.set({ secondCopy })}
        />
        <Stack gap="xs">
          <Switch
            label={t("field.audio")}
            checked={audio}
            onChange={(event) => draft.set({ audio: event.currentTarget.checked })}
            aria-describedby="camera-audio-law"
          />
          <Alert
            id="camera-audio-law"
            variant="light"
            color={audio ? "orange" : "gray"}
            icon={<IconMicrophone size={18} aria-hidden />}
            p="xs"
          >
            {t("field.audioLaw")}
          </Alert>
        </Stack>
      </Stack>
    </Paper>
  );
}
