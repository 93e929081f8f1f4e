import { Alert, Button, Group, NumberInput, Paper, Select, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ptzKinds, usualPtzPort } from "../../../../src/domain/ptz-settings.ts";
import type { Draft } from "../../../shared/draft.ts";
import { PresetPicker } from "../../../shared/ptz/preset-picker.tsx";
import { usePresets, useTurn } from "../../../shared/ptz/ptz-api.ts";
import { said, saidOf } from "../../../shared/said.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import type { CameraSettings } from "../model/camera-settings.ts";

interface PtzSettingsProps {
  readonly camera: Channel;
  readonly draft: Draft<CameraSettings>;
}

/** How the camera is turned, and a try that tells what it answered. */
export function PtzSettings({ camera, draft }: PtzSettingsProps): ReactElement {
  const { t } = useTranslation("cameras");
  const { ptz } = draft.value;
  const kinds = ["none", ...ptzKinds] as const;
  const set = (part: Partial<NonNullable<CameraSettings["ptz"]>>) =>
    draft.set({ ptz: { kind: "onvif", port: usualPtzPort, ...ptz, ...part } });
  const choose = (value: string | null) => {
    const kind = ptzKinds.find((one) => one === value);
    if (kind === undefined) draft.set({ ptz: undefined });
    else set({ kind });
  };
  const whole = (value: string | number, start: number) => (typeof value === "number" ? value : start);
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="camera-ptz">
      <Stack gap="sm">
        <Title order={2} id="camera-ptz">
          {t("section.ptz")}
        </Title>
        <Select
          label={t("ptz.kind")}
          description={t("ptz.says")}
          data={kinds.map((value) => ({ value, label: t(`ptz.kinds.${value}`) }))}
          value={ptz?.kind ?? "none"}
          onChange={choose}
          allowDeselect={false}
        />
        {ptz !== undefined && (
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NumberInput
              label={t("ptz.port")}
              min={1}
              max={65_535}
              clampBehavior="strict"
              allowDecimal={false}
              value={ptz.port}
              onChange={(value) => set({ port: whole(value, usualPtzPort) })}
            />
            {ptz.kind === "dahua" && (
              <NumberInput
                label={t("ptz.input")}
                description={t("ptz.inputSays")}
                inputWrapperOrder={["label", "input", "description", "error"]}
                min={1}
                max={256}
                clampBehavior="strict"
                allowDecimal={false}
                value={ptz.input ?? 1}
                onChange={(value) => set({ input: whole(value, 1) })}
              />
            )}
          </SimpleGrid>
        )}
        {camera.ptz !== undefined && !draft.dirty && <TryPreset channel={camera.channel} />}
        {ptz !== undefined && draft.dirty && (
          <Text size="sm" c="dimmed">
            {t("ptz.applyFirst")}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

/** A number, or one of the presets by the name that the camera has for it. */
function TryPreset({ channel }: { readonly channel: number }): ReactElement {
  const { t } = useTranslation("cameras");
  const format = useFormat();
  const presets = usePresets(channel);
  const turn = useTurn(channel);
  const [preset, setPreset] = useState<number | undefined>(1);
  const good = preset !== undefined && !Number.isNaN(preset);
  const outcome = turn.data?.outcome;
  const failure =
    turn.error === null ? (outcome?.kind === "failed" ? said(outcome.reason) : undefined) : saidOf(turn.error);
  return (
    <>
      <Group align="end" gap="sm">
        <div style={{ flex: "1 1 180px" }}>
          <PresetPicker channel={channel} label={t("ptz.preset")} preset={preset} onChange={setPreset} />
        </div>
        <Button variant="default" disabled={!good} loading={turn.isPending} onClick={() => good && turn.mutate(preset)}>
          {t("ptz.try")}
        </Button>
        <Button variant="subtle" loading={presets.isFetching} onClick={() => void presets.refetch()}>
          {t("ptz.ask")}
        </Button>
      </Group>
      {failure !== undefined && (
        <Alert color="red" title={t("ptz.notDone")}>
          {failure}
        </Alert>
      )}
      {turn.data?.outcome.kind === "done" && (
        <Alert color="green">{t("ptz.done", { after: format.duration(turn.data.ms) })}</Alert>
      )}
    </>
  );
}
