import { Anchor, Button, Grid, Group, Stack } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../../shared/event-stream.ts";
import { useChannels } from "../../../shared/site-data.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import type { Channel } from "../../../shared/types.ts";
import { OneRow } from "../../../shared/ui/one-row.tsx";
import { PageHeader } from "../../../shared/ui/page-header.tsx";
import { usePictures, useRetryCamera } from "../api/cameras.ts";
import { cameraView } from "../model/camera-view.ts";
import { CameraFacts } from "./camera-facts.tsx";
import { CameraSettingsForm } from "./camera-settings-form.tsx";
import { CameraState } from "./camera-state.tsx";
import { LastPictureBox } from "./last-picture.tsx";
import { RemoveCamera } from "./remove-camera.tsx";

/** One camera: what it sends now, and its settings. */
export function CameraPage({ number }: { readonly number: number }): ReactElement {
  const cameras = useChannels();
  return (
    <OneRow of={cameras} find={({ channel }) => channel === number} loading={{ rows: 3, height: 140 }}>
      {(camera) => <Known camera={camera} />}
    </OneRow>
  );
}

function Known({ camera }: { readonly camera: Channel }): ReactElement {
  const { t } = useTranslation("cameras");
  const live = useLive((state) => state.channels)?.find(({ channel }) => channel === camera.channel);
  const picture = usePictures().data?.find(({ channel }) => channel === camera.channel);
  const retry = useRetryCamera(camera.channel);
  const view = cameraView(camera, live);
  const away = view.state === "down" || view.state === "refused";
  const tryNow = () =>
    retry.mutate(undefined, {
      onSuccess: () => tellDone(t("retry.done")),
      onError: (error) => tellFailure(t("retry.failed"), error),
    });
  return (
    <>
      <Anchor component={Link} to="/cameras" size="sm">
        {t("back")}
      </Anchor>
      <PageHeader title={camera.name} says={t("number", { number: camera.channel })}>
        {away && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={retry.isPending}
            onClick={tryNow}
          >
            {t("retry.now")}
          </Button>
        )}
      </PageHeader>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <LastPictureBox name={camera.name} channel={camera.channel} picture={picture} />
            <Group justify="space-between" align="flex-start">
              <CameraState view={view} />
            </Group>
            <CameraFacts camera={camera} view={view} live={live} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <CameraSettingsForm camera={camera} />
            <RemoveCamera camera={camera} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}
