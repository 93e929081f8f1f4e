import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "../../../../src/contract/alarm.ts";
import { useFormat } from "../../../shared/site-data.ts";
import classes from "./inbox.module.css";
import { useSentence } from "../../../shared/alarm-words/use-sentence.ts";
import { Verdict } from "./verdict.tsx";

interface AlarmListProps {
  readonly alarms: readonly Alarm[];
  readonly chosen: string | undefined;
  readonly onMore: (() => void) | undefined;
  readonly loadingMore: boolean;
}

/** The inbox's lines; arrow keys move between them, Enter opens one (`inbox-keys.ts`). */
export function AlarmList({ alarms, chosen, onMore, loadingMore }: AlarmListProps): ReactElement {
  const { t } = useTranslation("alarms");
  return (
    <Stack gap={0}>
      <ul className={classes["list"]} aria-label={t("title")}>
        {alarms.map((alarm) => (
          <li key={alarm.id}>
            <Line alarm={alarm} active={alarm.id === chosen} />
          </li>
        ))}
      </ul>
      {onMore !== undefined && (
        <Button variant="subtle" m="xs" onClick={onMore} loading={loadingMore}>
          {t("more")}
        </Button>
      )}
    </Stack>
  );
}

function Line({ alarm, active }: { readonly alarm: Alarm; readonly active: boolean }): ReactElement {
  const { t } = useTranslation("alarms");
  const format = useFormat();
  const { head, rest } = useSentence()(alarm);
  return (
    <Link
      to="/alarms/{-$alarm}"
      params={{ alarm: alarm.id }}
      search={(now) => now}
      className={classes["line"]}
      data-alarm={alarm.id}
      aria-current={active ? "true" : undefined}
    >
      <Verdict verdict={alarm.verdict} />
      <div className={classes["words"]}>
        <Group justify="space-between" gap={6} wrap="nowrap" align="baseline">
          <Text size="sm" fw={alarm.state === "new" ? 700 : 500} lineClamp={3} miw={0}>
            {head}
          </Text>
          <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
            {format.day(alarm.at)}
          </Text>
        </Group>
        <Text size="sm" c={alarm.verdict === "bad" ? "red" : "dimmed"} lineClamp={2}>
          {rest}
        </Text>
        <Group gap={6}>
          {alarm.state !== "resolved" && (
            <Badge size="xs" variant="light" color={alarm.state === "new" ? "red" : "gray"}>
              {t(`state.${alarm.state}`)}
            </Badge>
          )}
          {alarm.severity !== "warning" && (
            <Badge
              size="xs"
              variant={alarm.severity === "critical" ? "filled" : "light"}
              color={alarm.severity === "critical" ? "red" : "gray"}
            >
              {t(`severity.${alarm.severity}`)}
            </Badge>
          )}
          {alarm.locked && (
            <Badge size="xs" variant="light" color="gray" leftSection={<IconLock size={10} aria-hidden />}>
              {t("locked")}
            </Badge>
          )}
        </Group>
      </div>
    </Link>
  );
}
