import {
  Alert,
  Autocomplete,
  Button,
  Group,
  NumberInput,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { presetRange, ptzKinds, usualPtzPort } from "../../../../src/domain/ptz-settings.ts";
import type { Draft } from "../../../shared/draft.ts";
import { said, saidOf } from "../../../shared/said.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import { usePresets, useTurn } from "../api/ptz.ts";
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
  const [text, setText] = useState("1");
  const preset = Number.parseInt(text, 10);
  const [min, max] = presetRange;
  const good = preset >= min && preset <= max;
  const known = (presets.data ?? []).map((one) => (one.name === "" ? `${one.preset}` : `${one.preset} · ${one.name}`));
  const outcome = turn.data?.outcome;
  const failure =
    turn.error === null ? (outcome?.kind === "failed" ? said(outcome.reason) : undefined) : saidOf(turn.error);
  return (
    <>
      <Group align="end" gap="sm">
        <Autocomplete
          label={t("ptz.preset")}
          data={[...new Set(known)]}
          value={text}
          onChange={setText}
          flex="1 1 180px"
          filter={({ options }) => options}
        />
        <Button variant="default" disabled={!good} loading={turn.isPending} onClick={() => turn.mutate(preset)}>
          {t("ptz.try")}
        </Button>
        <Button variant="subtle" loading={presets.isFetching} onClick={() => void presets.refetch()}>
          {t("ptz.ask")}
        </Button>
      </Group>
      {presets.error !== null && <Alert color="red">{saidOf(presets.error)}</Alert>}
      {presets.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("ptz.unknown")}
        </Text>
      )}
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
