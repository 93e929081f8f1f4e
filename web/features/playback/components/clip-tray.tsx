import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { apiUrl } from "../../../shared/api-client.ts";
import { useFormat } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import type { Range } from "../model/line.ts";
import type { Session } from "../player/session.ts";

interface ClipTrayProps {
  readonly session: Session;
  readonly channels: readonly Channel[];
  readonly range: Range | undefined;
  readonly onRange: (range: Range | undefined) => void;
  readonly onMark: (end: "in" | "out") => void;
}

/** A marked stretch as files. */
export function ClipTray({ channels, range, onRange, onMark }: ClipTrayProps): ReactElement {
  const { t } = useTranslation("playback");
  const format = useFormat();
  return (
    <Paper withBorder p="sm" component="section" aria-label={t("clip.title")}>
      <Stack gap="xs">
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
        {range === undefined ? (
          <Text size="sm" c="dimmed">
            {t("clip.how")}
          </Text>
        ) : (
          <>
            <Text size="sm">
              {t("clip.range", {
                from: format.dateTime(range.from),
                to: format.time(range.to),
                length: format.duration(range.to - range.from),
              })}
            </Text>
            <Group gap="xs">
              {channels.map(({ channel, name }) => (
                <Button
                  key={channel}
                  component="a"
                  variant="light"
                  leftSection={<IconDownload size={16} aria-hidden />}
                  href={apiUrl(`channels/${channel}/footage.mp4`, {
                    from: Math.floor(range.from),
                    to: Math.ceil(range.to),
                  })}
                  download
                >
                  {name}
                </Button>
              ))}
            </Group>
          </>
        )}
      </Stack>
    </Paper>
  );
}
