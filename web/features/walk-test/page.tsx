import { Stack } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../shared/ui/page-header.tsx";
import { useWalkTest } from "./api/walk-test.ts";
import { BeginCard } from "./components/begin-card.tsx";
import { RecordsCard } from "./components/records-card.tsx";
import { RunningTest } from "./components/running-test.tsx";

/** Alarm → Walk test: begin one, watch its ticks with the phone in the hand, and the records of those that are over. */
export default function Page(): ReactElement {
  const { t } = useTranslation("walk-test");
  const walk = useWalkTest();
  const running = walk.data?.running;
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} says={running === undefined ? t("says") : undefined} />
      {walk.isPending && <LoadingRows rows={4} height={72} />}
      {walk.isError && <ErrorNote error={walk.error} onRetry={() => void walk.refetch()} />}
      {walk.data !== undefined && (running === undefined ? <BeginCard /> : <RunningTest report={running} />)}
      {walk.data !== undefined && running === undefined && <RecordsCard />}
    </Stack>
  );
}
