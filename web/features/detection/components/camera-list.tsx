import { Anchor, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { DetectedCameras, type CameraLine } from "../../../shared/detection/camera-list.tsx";
import { WatchState } from "../../../shared/detection/watch-state.tsx";
import { skippedPercent, watchWords } from "../../../shared/detection/watch-words.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { DataTable, type TableColumn } from "../../../shared/ui/data-table.tsx";
import { useEventNames } from "./event-names.ts";

/** Every camera with what it is watched for, whether it really is, and what that costs. */
export function CameraList(): ReactElement {
  const { t } = useTranslation("detection");
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  const empty = { title: t("empty.title"), says: t("empty.says"), add: t("empty.add") };
  return (
    <DetectedCameras title={t("title")} says={t("says")} empty={empty}>
      {(lines) => (wide ? <Wide lines={lines} /> : <Cards lines={lines} />)}
    </DetectedCameras>
  );
}

interface LinesProps {
  readonly lines: readonly CameraLine[];
}

function Wide({ lines }: LinesProps): ReactElement {
  const { t } = useTranslation("detection");
  const format = useFormat();
  const go = useNavigate();
  const names = useEventNames();
  const rateOf = ({ state, lookedAt }: NonNullable<CameraLine["now"]>): string =>
    state === "arriving" ? t("notDecoded") : t("rate", { rate: format.number(lookedAt, 1) });
  const columns: readonly TableColumn<CameraLine>[] = [
    { key: "camera", title: t("column.camera"), value: ({ camera }) => camera.name },
    {
      key: "state",
      title: t("column.state"),
      value: (line) => t(`state.${watchWords({ ...line, enabled: line.camera.enabled }).key}`),
      draw: ({ camera, isSet, isPaused, settings }) => (
        <WatchState channel={camera} {...{ isSet, isPaused, settings }} />
      ),
    },
    { key: "events", title: t("column.events"), value: ({ settings }) => names(settings) },
    {
      key: "rate",
      title: t("column.rate"),
      value: ({ now }) => now?.lookedAt ?? 0,
      draw: ({ now }) => (now === undefined ? "–" : rateOf(now)),
    },
    {
      key: "skipped",
      title: t("column.skipped"),
      value: ({ now }) => (now === undefined ? 0 : skippedPercent(now)),
      draw: ({ now }) => (now === undefined || now.state === "arriving" ? "–" : `${skippedPercent(now)} %`),
    },
    {
      key: "cost",
      title: t("column.cost"),
      value: ({ now }) => now?.costMs ?? 0,
      draw: ({ now }) => (now === undefined ? "–" : t("cost", { ms: format.number(now.costMs) })),
    },
  ];
  return (
    <DataTable
      label={t("title")}
      rows={lines}
      columns={columns}
      keyOf={({ camera }) => camera.channel}
      nameOf={({ camera }) => camera.name}
      onOpen={({ camera }) => void go({ to: "/detection/{-$channel}", params: { channel: String(camera.channel) } })}
    />
  );
}

function Cards({ lines }: LinesProps): ReactElement {
  const { t } = useTranslation("detection");
  const names = useEventNames();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} component="ul" p={0} m={0} style={{ listStyle: "none" }}>
      {lines.map(({ camera, isSet, isPaused, settings }) => (
        <Paper key={camera.channel} withBorder p="sm" component="li">
          <Stack gap={4}>
            <Anchor component={Link} to={`/detection/${camera.channel}`} fw={600}>
              {camera.name}
            </Anchor>
            <WatchState channel={camera} {...{ isSet, isPaused, settings }} full />
            <Text size="sm" c="dimmed">
              {isSet ? names(settings) : t("nothingSet")}
            </Text>
          </Stack>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
