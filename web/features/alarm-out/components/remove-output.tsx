import { Button } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { tellFailure } from "../../../shared/tell.ts";
import type { Output } from "../../../shared/types.ts";
import { useRemoveOutput } from "../api/outputs.ts";

/** Takes the output out of the site; refused while an input still switches it. */
export function RemoveOutput({ output }: { readonly output: Output }): ReactElement {
  const { t } = useTranslation(["alarm-out", "common"]);
  const navigate = useNavigate();
  const remove = useRemoveOutput();
  const ask = () =>
    modals.openConfirmModal({
      title: t("remove.title", { name: output.name }),
      children: t("remove.says"),
      labels: { confirm: t("remove", { ns: "common" }), cancel: t("cancel", { ns: "common" }) },
      confirmProps: { color: "red" },
      onConfirm: () =>
        remove.mutate(output.output, {
          onSuccess: () => void navigate({ to: "/alarm-out/{-$output}", params: { output: undefined } }),
          onError: (error) => tellFailure(t("remove.failed"), error),
        }),
    });
  return (
    <Button variant="subtle" color="red" onClick={ask} loading={remove.isPending}>
      {t("remove.press")}
    </Button>
  );
}
