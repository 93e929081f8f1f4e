import { Paper, Stack, Switch, TextInput, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useDraft } from "../../../shared/draft.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import type { Channel } from "../../../shared/types.ts";
import { ApplyBar } from "../../../shared/ui/apply-bar.tsx";
import { useReplaceCamera } from "../api/cameras.ts";
import { bodyOf, problemOf, settingsOf } from "../model/camera-settings.ts";
import { PtzSettings } from "./ptz-settings.tsx";
import { RecordingSettings } from "./recording-settings.tsx";
import { StreamSettings } from "./stream-settings.tsx";

/** Everything that is set for a camera; applied together. */
export function CameraSettingsForm({ camera }: { readonly camera: Channel }): ReactElement {
  const { t } = useTranslation(["cameras", "common"]);
  const saved = settingsOf(camera);
  const draft = useDraft(saved);
  const replace = useReplaceCamera(camera.channel);
  const problem = problemOf(saved, draft.value);
  const apply = () =>
    replace.mutate(bodyOf(camera, draft.value), {
      onSuccess: () => {
        draft.discard();
        tellDone(t("common:saved"));
      },
      onError: (error) => tellFailure(t("notSaved"), error),
    });
  return (
    <>
      <Paper withBorder p="md" component="section" aria-labelledby="camera-general">
        <Stack gap="sm">
          <Title order={2} id="camera-general">
            {t("section.general")}
          </Title>
          <TextInput
            label={t("field.name")}
            value={draft.value.name}
            maxLength={100}
            onChange={(event) => draft.set({ name: event.currentTarget.value })}
            error={problem === "name" && t("problem.name")}
          />
          <Switch
            label={t("field.enabled")}
            description={t("field.enabledSays")}
            checked={draft.value.enabled}
            onChange={(event) => draft.set({ enabled: event.currentTarget.checked })}
          />
        </Stack>
      </Paper>
      <RecordingSettings draft={draft} channel={camera.channel} />
      <StreamSettings channel={camera.channel} draft={draft} problem={problem} />
      <PtzSettings camera={camera} draft={draft} />
      <ApplyBar
        draft={draft}
        onApply={apply}
        applying={replace.isPending}
        problem={problem === undefined ? undefined : t(`problem.${problem}`)}
      />
    </>
  );
}
