import { Paper, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../shared/site-data.ts";
import { tellFailure } from "../../shared/tell.ts";
import { PageHeader } from "../../shared/ui/page-header.tsx";
import { followAlarms, useAcknowledge, useUnseen } from "./api/alarms.ts";
import { AlarmView } from "./components/alarm-view.tsx";
import { Inbox } from "./components/inbox.tsx";
import classes from "./components/inbox.module.css";
import { useInboxKeys } from "./components/use-inbox-keys.ts";

/** The inbox: what wants a person on the left, one of them on the right; on a phone one after the other. */
export default function Page(): ReactElement {
  const { t } = useTranslation("alarms");
  const { alarm } = useParams({ strict: false });
  const unseen = useUnseen();
  const queries = useQueryClient();
  const may = useMay("control");
  const acknowledge = useAcknowledge();
  useEffect(() => followAlarms(queries), [queries]);
  const see = (id: string) => {
    if (may) acknowledge.mutate(id, { onError: (error) => tellFailure(t("notAcknowledged"), error) });
  };
  useInboxKeys(see);
  const says = unseen === undefined ? undefined : unseen === 0 ? t("nothingNew") : t("unseen", { count: unseen });
  return (
    <>
      <PageHeader title={t("title")} says={says} />
      <div className={classes["layout"]} data-open={alarm !== undefined}>
        <div className={classes["side"]}>
          <Inbox chosen={alarm} />
        </div>
        <div className={classes["detail"]}>
          {alarm === undefined ? (
            <Paper withBorder p="xl">
              <Text c="dimmed" ta="center">
                {t("choose")}
              </Text>
            </Paper>
          ) : (
            <AlarmView key={alarm} id={alarm} onAcknowledge={see} />
          )}
        </div>
      </div>
    </>
  );
}
