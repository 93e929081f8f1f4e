import { Anchor, Button, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconCopy } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { NowText, useNowText } from "../../../shared/recording/now-text.tsx";
import type { RecordedChannel } from "../../../shared/recording/recording-data.ts";
import { CopyText, useCopyText } from "../../../shared/recording/second-copy.tsx";
import { useFormat } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import { DataTable, type TableColumn } from "../../../shared/ui/data-table.tsx";
import { openCopy } from "./copy-dialog.ts";

export interface CameraLine {
  readonly camera: Channel;
  readonly recorded: RecordedChannel;
}

interface CameraLinesProps {
  readonly lines: readonly CameraLine[];
  readonly arming: string;
}

/** Every camera with what it records now, why, and how it is set. */
export function CameraLines({ lines, arming }: CameraLinesProps): ReactElement {
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  return wide ? <Wide lines={lines} arming={arming} /> : <Cards lines={lines} arming={arming} />;
}

function useWords() {
  const { t } = useTranslation("recording");
  const format = useFormat();
  return {
    mode: ({ camera, recorded }: CameraLine): string => {
      const mode = t(`mode.${camera.recordMode}`);
      return recorded.sub === true ? t("withSub", { mode }) : mode;
    },
    before: ({ camera, recorded }: CameraLine): string =>
      recorded.now === "off" ? "–" : t(recorded.now === "alarm" ? "inMemory" : "onDisk", { s: camera.preRecordS }),
    memory: ({ recorded }: CameraLine): string =>
      t("ofMemory", { used: format.bytes(recorded.ringBytes), need: format.bytes(recorded.needBytes) }),
  };
}

function Wide({ lines, arming }: CameraLinesProps): ReactElement {
  const { t } = useTranslation("recording");
  const words = useWords();
  const text = useNowText();
  const copyText = useCopyText();
  const go = useNavigate();
  const [ticked, setTicked] = useState<ReadonlySet<string | number>>(new Set());
  const columns: readonly TableColumn<CameraLine>[] = [
    { key: "camera", title: t("column.camera"), value: ({ camera }) => camera.name },
    {
      key: "now",
      title: t("column.now"),
      value: ({ recorded }) => text(recorded, arming),
      draw: ({ recorded }) => <NowText recorded={recorded} arming={arming} />,
    },
    { key: "mode", title: t("column.mode"), value: words.mode },
    {
      key: "copy",
      title: t("column.copy"),
      value: ({ recorded }) => copyText(recorded.secondCopy),
      draw: ({ recorded }) => <CopyText copy={recorded.secondCopy} />,
    },
    { key: "before", title: t("column.before"), value: words.before },
    {
      key: "memory",
      title: t("column.memory"),
      value: ({ recorded }) => recorded.needBytes,
      draw: (line) => words.memory(line),
    },
  ];
  return (
    <DataTable
      label={t("title")}
      rows={lines}
      columns={columns}
      keyOf={({ camera }) => camera.channel}
      nameOf={({ camera }) => camera.name}
      onOpen={({ camera }) => void go({ to: "/cameras/{-$channel}", params: { channel: String(camera.channel) } })}
      selected={ticked}
      onSelect={setTicked}
    >
      <Button
        variant="default"
        leftSection={<IconCopy size={16} aria-hidden />}
        onClick={() =>
          openCopy(
            t,
            lines.map(({ camera }) => camera),
            [...ticked].map(Number),
          )
        }
      >
        {ticked.size === 0 ? t("copy.open") : t("copy.onto", { count: ticked.size })}
      </Button>
    </DataTable>
  );
}

function Cards({ lines, arming }: CameraLinesProps): ReactElement {
  const { t } = useTranslation("recording");
  const words = useWords();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} component="ul" p={0} m={0} style={{ listStyle: "none" }}>
      {lines.map((line) => (
        <Paper key={line.camera.channel} withBorder p="sm" component="li">
          <Stack gap={4}>
            <Anchor
              component={Link}
              to="/cameras/{-$channel}"
              params={{ channel: String(line.camera.channel) } as never}
              fw={600}
            >
              {line.camera.name}
            </Anchor>
            <NowText recorded={line.recorded} arming={arming} />
            {line.recorded.secondCopy !== undefined && <CopyText copy={line.recorded.secondCopy} />}
            <Text size="sm" c="dimmed">
              {words.mode(line)} · {t("column.before")}: {words.before(line)}
            </Text>
          </Stack>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
