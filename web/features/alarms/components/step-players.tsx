import { ActionIcon, Button, Group, Slider, Stack, Text } from "@mantine/core";
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconTimeline } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { AlarmDetail } from "../../../../src/contract/alarm.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { startOf } from "../model/step-clock.ts";
import { PlayerTile } from "./player-tile.tsx";
import classes from "./players.module.css";
import { useStep } from "./use-step.ts";

interface StepPlayersProps {
  readonly alarm: AlarmDetail;
}

/** The cameras side by side, all at the same moment, from the pre-record on; the edges are marked on the bar. */
export function StepPlayers({ alarm }: StepPlayersProps): ReactElement | null {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  // while it records, what there was when it was opened
  const [opened] = useState(() => Date.now());
  const tiles = alarm.cameras.flatMap(({ channel, name, from, to }) =>
    from === undefined ? [] : [{ channel, name, from, to: Math.max(from + 1000, to ?? opened) }],
  );
  const from = Math.min(...tiles.map((tile) => tile.from));
  const to = Math.max(...tiles.map((tile) => tile.to));
  const edges = alarm.receipts.filter(({ edge }) => edge.kind !== "cleared").map(({ edge }) => edge.at.wall);
  const start = startOf(
    tiles.map((tile) => tile.from),
    edges[0] ?? from,
  );
  const step = useStep({ from, to, start });
  if (tiles.length === 0) return <Text c="dimmed">{t("players.none")}</Text>;
  const { clock } = step;
  const Icon = clock.playing ? IconPlayerPauseFilled : IconPlayerPlayFilled;
  return (
    <Stack gap="xs">
      <div className={classes["grid"]}>
        {tiles.map((tile) => (
          <PlayerTile key={`${tile.channel}-${tile.from}`} {...tile} join={step.join} />
        ))}
      </div>
      <Group gap="sm" wrap="nowrap" align="center">
        <ActionIcon
          size="xl"
          radius="xl"
          aria-label={clock.playing ? t("players.pause") : t("players.play")}
          onClick={step.toggle}
        >
          <Icon size={20} aria-hidden />
        </ActionIcon>
        <Slider
          className={classes["bar"] ?? ""}
          flex={1}
          min={from}
          max={to}
          step={100}
          value={clock.wall}
          onChange={step.seek}
          label={(wall) => format.time(wall)}
          marks={edges.map((wall) => ({ value: wall, label: `▲ ${format.time(wall)}` }))}
          classNames={{ mark: classes["edge"] ?? "", markLabel: classes["edgeLabel"] ?? "" }}
          thumbLabel={t("players.moment")}
          thumbProps={{ "aria-valuetext": format.time(clock.wall) }}
          size="lg"
          pt={26}
        />
      </Group>
      <Group justify="space-between" gap="xs">
        <Text size="sm" ff="monospace" data-testid="moment">
          {format.timeMs(clock.wall)}
        </Text>
        <Button
          renderRoot={(props) => (
            <Link
              to="/playback"
              search={{
                at: Math.ceil(edges[0] ?? from),
                onward: true,
                channels: tiles.map((tile) => tile.channel).join(","),
              }}
              {...props}
            />
          )}
          variant="default"
          size="compact-md"
          leftSection={<IconTimeline size={16} aria-hidden />}
        >
          {t("players.playback")}
        </Button>
      </Group>
    </Stack>
  );
}
