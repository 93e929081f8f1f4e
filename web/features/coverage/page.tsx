import { Stack } from "@mantine/core";
import { IconGridDots } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../shared/ui/page-header.tsx";
import { useCoverage } from "./api/coverage.ts";
import { Findings } from "./components/findings.tsx";
import { Matrix } from "./components/matrix.tsx";

/** Alarm → Coverage: which input reaches what, and what is set up but can't happen. */
export default function Page(): ReactElement {
  const { t } = useTranslation("coverage");
  const coverage = useCoverage();
  return (
    <>
      <PageHeader title={t("title")} says={t("says")} />
      {coverage.isPending && <LoadingRows rows={4} />}
      {coverage.isError && <ErrorNote error={coverage.error} onRetry={() => void coverage.refetch()} />}
      {coverage.data?.rows.length === 0 && (
        <EmptyState icon={IconGridDots} title={t("empty.title")} says={t("empty.says")} />
      )}
      {coverage.data !== undefined && coverage.data.rows.length > 0 && (
        <Stack gap="md">
          <Findings findings={coverage.data.findings} />
          <Matrix rows={coverage.data.rows} />
        </Stack>
      )}
    </>
  );
}
