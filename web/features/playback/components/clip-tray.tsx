import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "../../../shared/types.ts";
import type { Range } from "../model/line.ts";
import { ClipJobs } from "./clip-jobs.tsx";
import { ClipOrder } from "./clip-order.tsx";

interface ClipTrayProps {
  readonly channels: readonly Channel[];
  readonly range: Range | undefined;
  readonly onRange: (range: Range | undefined) => void;
  readonly onMark: (end: "in" | "out") => void;
}

/** A marked stretch of the cameras on the page as files to take away. */
export function ClipTray({ channels, range, onRange, onMark }: ClipTrayProps): ReactElement {
  const { t } = useTranslation("playback");
  return (
    <Paper withBorder p="sm" component="section" aria-label={t("clip.title")}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h3">
            {t("clip.title")}
          </Title>
          <Group gap="xs">
            <Button size="compact-md" variant="default" onClick={() => onMark("in")}>
              {t("clip.in")}
            </Button>
            <Button size="compact-md" variant="default" onClick={() => onMark("out")}>
              {t("clip.out")}
            </Button>
            {range !== undefined && (
              <Button size="compact-md" variant="subtle" color="gray" onClick={() => onRange(undefined)}>
                {t("clip.clear")}
              </Button>
            )}
          </Group>
        </Group>
        <Text size="sm" c="dimmed">
          {range === undefined ? t("clip.how") : t("clip.says")}
        </Text>
        {range !== undefined && <ClipOrder {...{ channels, range }} />}
        <ClipJobs />
      </Stack>
    </Paper>
  );
}
