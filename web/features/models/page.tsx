import { Button, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { openDialog } from "../../shared/ui/dialog-form.tsx";
import { ErrorNote } from "../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../shared/ui/page-header.tsx";
import { useModels } from "./api/models.ts";
import { AddModel } from "./components/add-model.tsx";
import { ModelCard } from "./components/model-card.tsx";
import { TryOut } from "./components/try-out.tsx";

/** Detection → Models: which models find objects, which one runs, and what each sees in a picture. */
export default function Page(): ReactElement {
  const { t } = useTranslation("models");
  const models = useModels();
  const add = () => openDialog(t("add.title"), (onClose) => <AddModel models={models.data ?? []} onClose={onClose} />);
  return (
    <>
      <PageHeader title={t("title")} says={t("says")}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          {t("add.open")}
        </Button>
      </PageHeader>
      <Stack gap="md">
        {models.isPending && <LoadingRows rows={3} />}
        {models.isError && <ErrorNote error={models.error} onRetry={() => void models.refetch()} />}
        {models.data?.map((row) => (
          <ModelCard key={row.model} row={row} />
        ))}
        {models.data !== undefined && <TryOut models={models.data} />}
      </Stack>
    </>
  );
}
