import { Button, Skeleton } from "@mantine/core";
import { IconDeviceCctv } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useChannels, useMay } from "../../shared/site-data.ts";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../shared/ui/error-note.tsx";
import { PageHeader } from "../../shared/ui/page-header.tsx";
import classes from "./components/live.module.css";
import { LiveStage } from "./components/live-stage.tsx";

export default function Page(): ReactElement {
  const { t } = useTranslation("live");
  const channels = useChannels();
  const mayAdd = useMay("configure");
  if (channels.error !== null) {
    return (
      <>
        <PageHeader title={t("title")} />
        <ErrorNote error={channels.error} onRetry={() => void channels.refetch()} />
      </>
    );
  }
  if (channels.data === undefined) {
    return (
      <>
        <PageHeader title={t("title")} />
        <div className={classes["grid"]}>
          <Skeleton className={classes["tile"] ?? ""} />
        </div>
      </>
    );
  }
  if (channels.data.length === 0) {
    return (
      <>
        <PageHeader title={t("title")} />
        <EmptyState icon={IconDeviceCctv} title={t("empty.title")} says={t("empty.says")}>
          {mayAdd && (
            <Button component={Link} to="/cameras">
              {t("empty.add")}
            </Button>
          )}
        </EmptyState>
      </>
    );
  }
  return <LiveStage channels={channels.data} />;
}
