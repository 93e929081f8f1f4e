import { Stack, Text } from "@mantine/core";
import { useRouterState } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { AlarmCard } from "../shared/alarm-popup/alarm-card.tsx";
import { noticeMs } from "../shared/alarm-popup/stack.ts";
import { useAlarmStack } from "../shared/alarm-popup/use-alarm-stack.ts";
import classes from "./shell.module.css";

/** Pages that show alarms themselves. */
const quiet = /^\/(live|alarms)(\/|$)/;

interface AlarmNoticesProps {
  /** Above the page on a phone, below the navigation on wider screens. */
  readonly place: "page" | "navigation";
}

/**
 * New alarms on every other page, where they cover nothing and move nothing that somebody works on. They are said, and
 * take no focus.
 */
export function AlarmNotices({ place }: AlarmNoticesProps): ReactElement | null {
  const { t } = useTranslation("shell");
  // the page that is drawn, not the one that is on its way
  const pathname = useRouterState({ select: (state) => (state.resolvedLocation ?? state.location).pathname });
  const { shown, more } = useAlarmStack(1, noticeMs);
  if (quiet.test(pathname)) return null;
  return (
    <section aria-label={t("alarm.region")} aria-live="assertive" className={classes["alarms"]} data-place={place}>
      <Stack gap="xs">
        {shown.map((alarm) => (
          <AlarmCard key={alarm.id} alarm={alarm} narrow={place === "navigation"} />
        ))}
        {more > 0 && (
          <Text size="sm" className={classes["moreAlarms"] ?? ""}>
            {t("alarm.more", { count: more })}
          </Text>
        )}
      </Stack>
    </section>
  );
}
