import { Button } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { tellFailure } from "../../../shared/tell.ts";
import type { Input } from "../../../shared/types.ts";
import { useRemoveInput } from "../api/inputs.ts";

/** Takes the input out of the site; what it recorded stays. */
export function RemoveInput({ input }: { readonly input: Input }): ReactElement {
  const { t } = useTranslation(["alarm-in", "common"]);
  const navigate = useNavigate();
  const remove = useRemoveInput();
  const ask = () =>
    modals.openConfirmModal({
      title: t("remove.title", { name: input.name }),
      children: t("remove.says"),
      labels: { confirm: t("remove", { ns: "common" }), cancel: t("cancel", { ns: "common" }) },
      confirmProps: { color: "red" },
      onConfirm: () =>
        remove.mutate(input.input, {
          onSuccess: () => void navigate({ to: "/alarm-in/{-$input}", params: { input: undefined } }),
          onError: (error) => tellFailure(t("remove.failed"), error),
        }),
    });
  return (
    <Button variant="subtle" color="red" onClick={ask} loading={remove.isPending}>
      {t("remove.press")}
    </Button>
  );
}
