import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconBellOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../shared/api-client.ts";
import { useLive } from "../shared/event-stream.ts";
import { useMay } from "../shared/site-data.ts";

/** One press, while anything is on. */
export function SilenceButton(): ReactElement | null {
  const { t } = useTranslation("shell");
  const outputs = useLive((state) => state.outputs);
  const may = useMay("control");
  const silence = useMutation({
    mutationFn: () => api.post("silence"),
    onError: (error) => notifications.show({ color: "red", title: t("silence.failed"), message: error.message }),
  });
  const on = outputs?.some((output) => output.wanted === "on") ?? false;
  if (!on || !may) return null;
  return (
    <Button
      size="compact-md"
      color="orange"
      leftSection={<IconBellOff size={18} aria-hidden />}
      loading={silence.isPending}
      onClick={() => silence.mutate()}
    >
      {t("silence.press")}
    </Button>
  );
}
