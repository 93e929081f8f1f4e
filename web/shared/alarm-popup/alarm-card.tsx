import { Alert, Button, CloseButton, Group, Stack, Text } from "@mantine/core";
import { IconBellRinging } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "../../../src/contract/alarm.ts";
import { useSentence } from "../alarm-words/use-sentence.ts";
import { useLive } from "../event-stream.ts";
import { saidName } from "../said.ts";
import { useFormat, useMay } from "../site-data.ts";
import { tellFailure } from "../tell.ts";
import { useNow } from "../use-now.ts";
import { dismissAlarm, useAcknowledge, useSilence } from "./use-alarm-stack.ts";

interface AlarmCardProps {
  readonly alarm: Alarm;
  /** Its cameras, where there is room for them. */
  readonly children?: ReactNode;
  /** In a narrow column: no icon, and two lines of what happened. */
  readonly narrow?: boolean;
}

/** An alarm in front of a page: what happened in one sentence, how long ago, and the three things to do. */
export function AlarmCard({ alarm, children, narrow = false }: AlarmCardProps): ReactElement {
  const { t } = useTranslation("shell");
  const format = useFormat();
  const now = useNow(1000);
  const { head, rest } = useSentence()(alarm);
  const said = `${head} · ${rest}`;
  const may = useMay("control");
  const mayRead = useMay("read");
  const outputs = useLive((state) => state.outputs);
  const acknowledge = useAcknowledge();
  const silence = useSilence();
  const size = narrow ? "compact-xs" : "compact-sm";
  const loud = outputs?.some((output) => output.wanted === "on") ?? false;
  const elapsed = Math.max(0, Math.floor((now - alarm.at) / 1000)) * 1000;
  return (
    <Alert
      color="red"
      variant="default"
      p="xs"
      icon={narrow ? undefined : <IconBellRinging color="var(--mantine-color-red-6)" aria-hidden />}
      style={{ borderColor: "var(--mantine-color-red-6)", borderWidth: 2 }}
      role="group"
      aria-label={t("alarm.label", { name: saidName(alarm.name) })}
    >
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
          <div>
            <Text fw={600} size="sm">
              {t("alarm.title", { name: saidName(alarm.name) })} {/* a clock: it is not read out every second */}
              <span role="timer">{t("alarm.ago", { elapsed: format.duration(elapsed) })}</span>
            </Text>
            <Text size="sm" {...(narrow ? { lineClamp: 2, title: said } : {})}>
              {said}
            </Text>
          </div>
          <CloseButton
            size="sm"
            aria-label={t(mayRead ? "alarm.away" : "alarm.awayHere")}
            onClick={() => dismissAlarm(alarm.id)}
          />
        </Group>
        {children}
        <Group gap={narrow ? 6 : "xs"}>
          {may && loud && (
            <Button
              size={size}
              color="orange"
              loading={silence.isPending}
              onClick={() => silence.mutate(undefined, { onError: (error) => tellFailure(t("silence.failed"), error) })}
            >
              {t("silence.press")}
            </Button>
          )}
          {may && (
            <Button
              size={size}
              color="red"
              loading={acknowledge.isPending}
              onClick={() =>
                acknowledge.mutate(alarm.id, { onError: (error) => tellFailure(t("alarm.failed"), error) })
              }
            >
              {t("alarm.acknowledge")}
            </Button>
          )}
          {mayRead && (
            <Button
              size={size}
              variant="default"
              renderRoot={(props) => <Link to="/alarms/{-$alarm}" params={{ alarm: alarm.id }} {...props} />}
            >
              {t("alarm.open")}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
