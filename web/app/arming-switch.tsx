import { Button, List, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconShieldCheck, IconShieldOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../shared/api-client.ts";
import { useLive } from "../shared/event-stream.ts";
import { notReady, type NotReady } from "../shared/io/noise.ts";
import { useInputs, useMay } from "../shared/site-data.ts";
import { tellFailure } from "../shared/tell.ts";
import classes from "./shell.module.css";

/** Disarmed or armed, as it is now; a press changes it, and asks first where an input is not at rest. */
export function ArmingSwitch(): ReactElement | null {
  const { t } = useTranslation(["shell", "common"]);
  const armed = useLive((state) => state.armed);
  const live = useLive((state) => state.inputs) ?? [];
  const inputs = useInputs().data ?? [];
  const may = useMay("arm");
  const change = useMutation({
    mutationFn: (next: boolean) => api.post("arming", { armed: next }),
    onError: (error) => tellFailure(t("arming.failed"), error),
  });
  if (armed === undefined) return null;
  const Icon = armed ? IconShieldCheck : IconShieldOff;
  const press = () => {
    const open = armed ? [] : notReady(inputs, live);
    if (open.length === 0) {
      change.mutate(!armed);
      return;
    }
    modals.openConfirmModal({
      title: t("arming.askTitle"),
      children: <OpenInputs open={open} />,
      labels: { confirm: t("arming.anyway"), cancel: t("cancel", { ns: "common" }) },
      confirmProps: { color: "red" },
      onConfirm: () => change.mutate(true),
    });
  };
  return (
    <Button
      className={classes["wordOnly"] ?? ""}
      size="compact-sm"
      variant={armed ? "filled" : "default"}
      color="red"
      leftSection={<Icon size={16} aria-hidden />}
      loading={change.isPending}
      disabled={!may}
      aria-pressed={armed}
      onClick={press}
    >
      {armed ? t("arming.armed") : t("arming.disarmed")}
    </Button>
  );
}

function OpenInputs({ open }: { readonly open: readonly NotReady[] }): ReactElement {
  const { t } = useTranslation("shell");
  return (
    <>
      <Text size="sm" mb="xs">
        {t("arming.askSays")}
      </Text>
      <List size="sm">
        {open.map(({ name, why }) => (
          <List.Item key={name}>{t(`arming.${why}`, { name })}</List.Item>
        ))}
      </List>
    </>
  );
}
