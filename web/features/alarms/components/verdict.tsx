import { ThemeIcon } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconPlayerRecord } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "../../../../src/contract/alarm.ts";

const looks = {
  good: { icon: IconCheck, color: "green" },
  bad: { icon: IconAlertTriangle, color: "red" },
  open: { icon: IconPlayerRecord, color: "blue" },
} as const;

/** Whether all that an alarm asked for was done: a sign with words, never colour alone. */
export function Verdict({ verdict }: { readonly verdict: Alarm["verdict"] }): ReactElement {
  const { t } = useTranslation("alarms");
  const { icon: Icon, color } = looks[verdict];
  return (
    <ThemeIcon color={color} variant="light" size="md" radius="xl" role="img" aria-label={t(`verdict.${verdict}`)}>
      <Icon size={16} aria-hidden />
    </ThemeIcon>
  );
}
