import { Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { AlarmCard } from "../../../shared/alarm-popup/alarm-card.tsx";
import { camerasOf } from "../../../shared/alarm-popup/stack.ts";
import { useAlarmStack } from "../../../shared/alarm-popup/use-alarm-stack.ts";
import type { Channel } from "../../../shared/types.ts";
import { useNow } from "../../../shared/use-now.ts";
import { tourStop } from "../model/tour.ts";
import { AlarmCamera } from "./alarm-camera.tsx";
import classes from "./live.module.css";

/** Alarms with room for themselves, and cameras that are shown of the newest one. */
const mostAlarms = 3;
const mostCameras = 4;

interface AlarmFrontProps {
  readonly channels: readonly Channel[];
  readonly onEnlarge: (channel: number) => void;
}

/** New alarms before the grid, the newest with its linked cameras. They are said, and take no focus. */
export function AlarmFront({ channels, onEnlarge }: AlarmFrontProps): ReactElement {
  const { t } = useTranslation("shell");
  const { shown, more } = useAlarmStack(mostAlarms);
  const now = useNow(1000);
  const [newest] = shown;
  const there = channels.map(({ channel }) => channel);
  const tour = newest === undefined ? undefined : tourStop(newest.page?.tour, { from: newest.at, now, there });
  const numbers = tour?.channels ?? camerasOf(shown.slice(0, 1), mostCameras);
  const linked = numbers.flatMap((number) => channels.filter(({ channel }) => channel === number));
  return (
    <section aria-label={t("alarm.region")} aria-live="assertive" className={classes["front"]}>
      <Stack gap={6}>
        {shown.map((alarm, index) => (
          <AlarmCard key={alarm.id} alarm={alarm}>
            {/* cameras of a tour come and go: that is not said each time */}
            {index === 0 && linked.length > 0 && (
              <div className={classes["linked"]} data-count={linked.length} aria-live="off">
                {linked.map((channel) => (
                  <AlarmCamera key={channel.channel} channel={channel} onEnlarge={() => onEnlarge(channel.channel)} />
                ))}
              </div>
            )}
            {index === 0 && tour !== undefined && tour.stops > 1 && (
              <Text size="xs" c="dimmed" aria-hidden>
                {t("alarm.tour", { stop: tour.stop, stops: tour.stops })}
              </Text>
            )}
          </AlarmCard>
        ))}
        {more > 0 && <Text size="sm">{t("alarm.more", { count: more })}</Text>}
      </Stack>
    </section>
  );
}
