import { Button } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { tellFailure } from "../../../shared/tell.ts";
import type { Schedule } from "../../../shared/types.ts";
import { useRemoveSchedule } from "../api/schedules.ts";

/** Takes the schedule out of the site; refused while something goes by it. */
export function RemoveSchedule({ schedule }: { readonly schedule: Schedule }): ReactElement {
  const { t } = useTranslation(["schedules", "common"]);
  const navigate = useNavigate();
  const remove = useRemoveSchedule();
  const ask = () =>
    modals.openConfirmModal({
      title: t("remove.title", { name: schedule.name }),
      children: t("remove.says"),
      labels: { confirm: t("remove", { ns: "common" }), cancel: t("cancel", { ns: "common" }) },
      confirmProps: { color: "red" },
      onConfirm: () =>
        remove.mutate(schedule.schedule, {
          onSuccess: () => void navigate({ to: "/schedules/{-$schedule}", params: { schedule: undefined } }),
          onError: (error) => tellFailure(t("remove.failed"), error),
        }),
    });
  return (
    <Button variant="subtle" color="red" onClick={ask} loading={remove.isPending}>
      {t("remove.press")}
    </Button>
  );
}
