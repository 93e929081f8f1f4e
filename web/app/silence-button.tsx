import { Button } from "@mantine/core";
import { IconBellOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../shared/api-client.ts";
import { useLive } from "../shared/event-stream.ts";
import { noisy } from "../shared/io/noise.ts";
import { useMay, useOutputs } from "../shared/site-data.ts";
import { tellDone, tellFailure } from "../shared/tell.ts";
import classes from "./shell.module.css";

/** One press ends every siren, strobe and general output; there while one of them is on, on a phone too. */
export function SilenceButton(): ReactElement | null {
  const { t } = useTranslation("shell");
  const outputs = useOutputs().data ?? [];
  const live = useLive((state) => state.outputs) ?? [];
  const may = useMay("control");
  const silence = useMutation({
    mutationFn: () => api.post("silence"),
    onSuccess: () => tellDone(t("silence.done")),
    onError: (error) => tellFailure(t("silence.failed"), error),
  });
  if (!may || noisy(outputs, live).length === 0) return null;
  return (
    <Button
      className={classes["wordOnly"] ?? ""}
      size="compact-sm"
      color="orange"
      leftSection={<IconBellOff size={16} aria-hidden />}
      loading={silence.isPending}
      onClick={() => silence.mutate()}
    >
      {t("silence.press")}
    </Button>
  );
}
