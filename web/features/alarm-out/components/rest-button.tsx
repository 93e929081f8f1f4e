import { Button } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../../shared/api-client.ts";
import { saidOf } from "../../../shared/said.ts";
import { useMay } from "../../../shared/site-data.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import { useRestOutputs } from "../api/outputs.ts";

/** All outputs to their rest state; asks first, with the server's question, if a lock or gate would move. */
export function RestButton(): ReactElement {
  const { t } = useTranslation(["alarm-out", "common"]);
  const may = useMay("control");
  const rest = useRestOutputs();
  const send = (confirmed: boolean) =>
    rest.mutate(confirmed, {
      onSuccess: () => tellDone(t("rest.done")),
      onError: (error) => {
        if (error instanceof ApiError && error.status === 409 && !confirmed) ask(saidOf(error));
        else tellFailure(t("rest.failed"), error);
      },
    });
  const ask = (question: string) =>
    modals.openConfirmModal({
      title: t("rest.title"),
      children: question,
      labels: { confirm: t("rest.confirm"), cancel: t("cancel", { ns: "common" }) },
      confirmProps: { color: "red" },
      onConfirm: () => send(true),
    });
  return (
    <Button variant="default" disabled={!may} loading={rest.isPending} onClick={() => send(false)}>
      {t("rest.press")}
    </Button>
  );
}
