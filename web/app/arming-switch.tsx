import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconShieldCheck, IconShieldOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../shared/api-client.ts";
import { useLive } from "../shared/event-stream.ts";
import { useMay } from "../shared/site-data.ts";

/** Disarmed or armed, as it is now; a press changes it. */
export function ArmingSwitch(): ReactElement | null {
  const { t } = useTranslation("shell");
  const armed = useLive((state) => state.armed);
  const may = useMay("arm");
  const change = useMutation({
    mutationFn: (next: boolean) => api.post("arming", { armed: next }),
    onError: (error) => notifications.show({ color: "red", title: t("arming.failed"), message: error.message }),
  });
  if (armed === undefined) return null;
  const Icon = armed ? IconShieldCheck : IconShieldOff;
  return (
    <Button
      size="compact-md"
      variant={armed ? "filled" : "default"}
      color="red"
      leftSection={<Icon size={18} aria-hidden />}
      loading={change.isPending}
      disabled={!may}
      aria-pressed={armed}
      onClick={() => change.mutate(!armed)}
    >
      {armed ? t("arming.armed") : t("arming.disarmed")}
    </Button>
  );
}
