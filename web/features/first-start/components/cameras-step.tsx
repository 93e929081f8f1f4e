import { Button, Group, Paper, SimpleGrid } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Suspense, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { CameraForm } from "../../../shared/camera-form/camera-form.tsx";
import { useChannels } from "../../../shared/site-data.ts";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { CameraCard } from "./camera-card.tsx";
import type { StepProps } from "./site-step.tsx";
import { StepFrame } from "./step-frame.tsx";

/** The first cameras, each with what comes of it. */
export function CamerasStep({ onDone, onSkip }: StepProps): ReactElement {
  const { t } = useTranslation("first-start");
  const rows = useChannels().data;
  const channels = rows ?? [];
  const [adding, setAdding] = useState(false);
  return (
    <StepFrame
      plain
      title={t("cameras.title")}
      says={t("cameras.says")}
      next={t("next")}
      onNext={onDone}
      disabled={channels.length === 0}
      onSkip={onSkip}
    >
      {channels.length > 0 && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {channels.map((channel) => (
            <CameraCard key={channel.channel} channel={channel} />
          ))}
        </SimpleGrid>
      )}
      {adding || rows?.length === 0 ? (
        <Paper withBorder p="md">
          <Suspense fallback={<LoadingRows rows={5} />}>
            <CameraForm onSaved={() => setAdding(false)} />
          </Suspense>
        </Paper>
      ) : (
        <Group>
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t("cameras.another")}
          </Button>
        </Group>
      )}
    </StepFrame>
  );
}
