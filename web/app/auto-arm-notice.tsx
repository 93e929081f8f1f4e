import { Button, Menu } from "@mantine/core";
import { IconClockShield } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../shared/api-client.ts";
import { useLive } from "../shared/event-stream.ts";
import { useFormat, useMay } from "../shared/site-data.ts";
import { tellDone, tellFailure } from "../shared/tell.ts";
import { useNow } from "../shared/use-now.ts";
import { leftOf } from "../shared/time-left.ts";
import classes from "./shell.module.css";

/** Counts down to arming by the clock, on every page; a press puts it off. */
export function AutoArmNotice(): ReactElement | null {
  const { t } = useTranslation("shell");
  const pending = useLive((state) => state.autoArm);
  return pending === undefined ? null : <Counting at={pending.at} label={t("autoArm.label")} />;
}

function Counting({ at, label }: { readonly at: number; readonly label: string }): ReactElement {
  const { t } = useTranslation("shell");
  const format = useFormat();
  const now = useNow();
  const may = useMay("arm");
  const postpone = useMutation({
    mutationFn: (minutes: 30 | 60) => api.post("auto-arm/postpone", { minutes }),
    onSuccess: () => tellDone(t("autoArm.done")),
    onError: (error) => tellFailure(t("autoArm.failed"), error),
  });
  const left = leftOf(at - now);
  return (
    <Menu position="bottom-end" withinPortal shadow="md">
      <Menu.Target>
        <Button
          className={classes["wordOnly"] ?? ""}
          size="compact-sm"
          color="orange"
          leftSection={<IconClockShield size={16} aria-hidden />}
          loading={postpone.isPending}
          disabled={!may}
          aria-label={`${label} ${left}`}
        >
          {left}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("autoArm.at", { time: format.time(at) })}</Menu.Label>
        {([30, 60] as const).map((minutes) => (
          <Menu.Item key={minutes} onClick={() => postpone.mutate(minutes)}>
            {t("autoArm.postpone", { minutes })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
