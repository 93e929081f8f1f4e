import { Button, Group, Paper, Stack, Switch, Text, Title } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat, useMe } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useStartClip } from "../api/exports.ts";
import type { Range } from "../model/line.ts";
import { ClipJobs } from "./clip-jobs.tsx";

interface ClipTrayProps {
  readonly channels: readonly Channel[];
  readonly range: Range | undefined;
  readonly onRange: (range: Range | undefined) => void;
  readonly onMark: (end: "in" | "out") => void;
}

/** A marked stretch of the cameras on the page as files to take away. */
export function ClipTray({ channels, range, onRange, onMark }: ClipTrayProps): ReactElement {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const me = useMe();
  const [copy, setCopy] = useState(false);
  const start = useStartClip();
  const order = (of: Range) =>
    start.mutate({
      channels: channels.map(({ channel }) => channel),
      ...{ range: of, copy, reason: t("clip.reason"), recipient: me.data?.name ?? "-" },
    });
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
        {range !== undefined && (
          <>
            <Switch label={t("clip.copy")} checked={copy} onChange={(event) => setCopy(event.currentTarget.checked)} />
            <Group gap="sm">
              <Button loading={start.isPending} disabled={channels.length === 0} onClick={() => order(range)}>
                {t("clip.start")}
              </Button>
              <Text size="sm">
                {channels.map(({ name }) => name).join(", ")}:{" "}
                {t("clip.range", {
                  from: format.dateTime(range.from),
                  to: format.time(range.to),
                  length: format.duration(range.to - range.from),
                })}
              </Text>
            </Group>
          </>
        )}
        {start.error !== null && <ErrorNote error={start.error} />}
        <ClipJobs />
      </Stack>
    </Paper>
  );
}
