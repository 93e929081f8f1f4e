import { Alert, Stack } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { useSystem } from "../api/system.ts";
import { LatencyCard } from "./latency-card.tsx";
import { ProcessTable } from "./process-table.tsx";
import { TroublesCard } from "./troubles-card.tsx";

/** System → Health: troubles, how fast edges are, and the processes. */
export function Health(): ReactElement {
  const { t } = useTranslation("system");
  const system = useSystem();
  return (
    <Stack gap="md">
      <TroublesCard />
      <LatencyCard />
      {system.error !== null && <ErrorNote error={system.error} onRetry={() => void system.refetch()} />}
      {system.isPending && <LoadingRows rows={1} height={240} />}
      {system.data?.ready === false && <Alert color="orange">{t("processes.away")}</Alert>}
      {system.data?.ready === true && <ProcessTable processes={system.data.processes} />}
    </Stack>
  );
}
