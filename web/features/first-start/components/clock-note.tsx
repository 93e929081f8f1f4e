import { Alert, Group, Stack, Text } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { IconAlertTriangle, IconClockCheck } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { createFormat } from "../../../shared/format.ts";
import { currentLanguage } from "../../../shared/i18n.ts";
import { clocksAgree } from "../model/clock.ts";

interface ClockNoteProps {
  /** Milliseconds that the server's clock is ahead of this device's. */
  readonly aheadMs: number;
  readonly timeZone: string;
}

/** The server's clock beside this device's: footage is worth as much as its time. */
export function ClockNote({ aheadMs, timeZone }: ClockNoteProps): ReactElement {
  const { t } = useTranslation("first-start");
  const [now, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), 1000, { autoInvoke: true });
  const format = createFormat(currentLanguage(), timeZone);
  const agree = clocksAgree(aheadMs);
  const line = (label: string, at: number) => (
    <Group gap="xs" justify="space-between">
      <Text size="sm">{label}</Text>
      <Text size="sm" ff="monospace">
        {format.dateTime(at)}
      </Text>
    </Group>
  );
  return (
    <Alert
      color={agree ? "teal" : "orange"}
      icon={agree ? <IconClockCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={t(agree ? "site.clocksAgree" : "site.clocksDiffer", { apart: format.duration(Math.abs(aheadMs)) })}
    >
      <Stack gap={2}>
        {line(t("site.serverClock"), now + aheadMs)}
        {line(t("site.thisClock"), now)}
        {!agree && (
          <Text size="sm" mt={4}>
            {t("site.clocksDo")}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
