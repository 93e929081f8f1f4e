import { ActionIcon, Group, Select, Text, Tooltip } from "@mantine/core";
import {
  IconCamera,
  IconChevronLeft,
  IconChevronRight,
  IconHelp,
  IconMaximize,
  IconObjectScan,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  type Icon,
} from "@tabler/icons-react";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/site-data.ts";
import { rates } from "../model/clock.ts";
import type { PlayerCommand } from "../model/keys.ts";
import type { Session } from "../player/session.ts";
import { useSessionState } from "../player/use-session.ts";
import classes from "./player.module.css";

interface TransportProps {
  readonly session: Session;
  /** Who was there is drawn over the pictures. */
  readonly boxes: boolean;
  readonly onCommand: (command: PlayerCommand) => void;
  readonly children?: ReactNode;
}

/** Play, speed, steps, events; each button says its key. */
export function Transport({ session, boxes, onCommand, children }: TransportProps): ReactElement {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const playing = useSessionState(session, (state) => state.playing);
  const backwards = useSessionState(session, (state) => state.playing && state.backwards);
  const rate = useSessionState(session, (state) => state.rate);
  const keysOnly = useSessionState(session, (state) => state.keysOnly);
  // while it stands the clock is exact: pictures are stepped by it
  const position = useSessionState(session, (state) =>
    state.playing ? Math.round(state.position / 100) * 100 : state.position,
  );
  const button = (command: PlayerCommand, label: string, Icon: Icon) => (
    <Tooltip label={label} openDelay={500}>
      <ActionIcon variant="default" size={40} aria-label={label} onClick={() => onCommand(command)}>
        <Icon size={20} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <Group justify="space-between" gap="xs">
      <Text fw={600} className={classes["clock"]} role="timer" aria-label={t("transport.position")}>
        {playing ? format.dateTime(position) : `${format.day(position)}, ${format.timeMs(position)}`}
      </Text>
      <Group gap={6}>
        {button({ kind: "event", direction: -1 }, t("transport.previousEvent"), IconPlayerSkipBack)}
        <Tooltip label={t("transport.backwards")} openDelay={500}>
          <ActionIcon
            variant={backwards ? "light" : "default"}
            size={40}
            aria-label={t("transport.backwards")}
            aria-pressed={backwards}
            onClick={() => onCommand({ kind: "backwards" })}
          >
            <IconPlayerPlay size={20} style={{ transform: "scaleX(-1)" }} aria-hidden />
          </ActionIcon>
        </Tooltip>
        {button({ kind: "frame", direction: -1 }, t("transport.frameBack"), IconChevronLeft)}
        <ActionIcon
          variant="filled"
          size={44}
          aria-label={playing ? t("transport.pause") : t("transport.play")}
          onClick={() => onCommand({ kind: "toggle" })}
        >
          {playing ? <IconPlayerPause aria-hidden /> : <IconPlayerPlay aria-hidden />}
        </ActionIcon>
        {button({ kind: "frame", direction: 1 }, t("transport.frameOn"), IconChevronRight)}
        {button({ kind: "event", direction: 1 }, t("transport.nextEvent"), IconPlayerSkipForward)}
      </Group>
      <Group gap={6}>
        {keysOnly && (
          <Text size="xs" c="dimmed" title={t("transport.keysOnlyWhy")}>
            {t("transport.keysOnly")}
          </Text>
        )}
        <Select
          w={92}
          aria-label={t("transport.speed")}
          allowDeselect={false}
          data={rates.map((one) => ({ value: String(one), label: one < 1 ? `1⁄${1 / one} ×` : `${one} ×` }))}
          value={String(rate)}
          onChange={(value) => value !== null && session.setRate(Number(value))}
        />
        {children}
        <Tooltip label={t("transport.boxes")} openDelay={500}>
          <ActionIcon
            variant={boxes ? "light" : "default"}
            size={40}
            aria-label={t("transport.boxes")}
            aria-pressed={boxes}
            onClick={() => onCommand({ kind: "boxes" })}
          >
            <IconObjectScan size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
        {button({ kind: "snapshot" }, t("transport.snapshot"), IconCamera)}
        {button({ kind: "full-screen" }, t("transport.fullScreen"), IconMaximize)}
        {button({ kind: "help" }, t("transport.keys"), IconHelp)}
      </Group>
    </Group>
  );
}
